import { z } from 'zod';
import { LibraryId } from '../../library/libraries/contract';
import { procedure, upTo } from '../../rpc';

export const MoodTier = z.enum(['strict', 'regular', 'loose']);
export type MoodTier = z.infer<typeof MoodTier>;

const Count = z.number().int().nonnegative();
const Percentage = z.number().min(0).max(100);
const Probability = z.number().min(0).max(1);
const NamedShare = z.object({ name: z.string(), count: Count, percentage: Percentage });
const MoodShare = z.object({ mood: z.string(), count: Count, percentage: Percentage });
const Reason = z.object({ reason: z.string().describe('the code of the failure'), count: Count });

const InLibrary = z.object({ library_id: LibraryId.optional().describe('all libraries together where none is named') });
const InTier = InLibrary.extend({ tier: MoodTier.default('regular').describe('whose list of moods is looked at') });

const TagValue = z.object({ key: z.string().min(1).max(100), value: z.string().max(1000) });
const TagValues = z.array(TagValue).min(1).max(16);

export const analyticsContract = {
  tagFrequencies: procedure({
    http: 'GET /api/web/analytics/tag-frequencies',
    access: 'read',
    summary: 'How many tracks have each of our keys, and how many different values it has',
    input: InLibrary.extend({ limit: upTo(1000, 50) }),
    output: z.object({
      tag_frequencies: z.array(z.object({ tag_key: z.string(), total_count: Count, unique_values: Count })),
    }),
  }),
  moodDistribution: procedure({
    http: 'GET /api/web/analytics/mood-distribution',
    access: 'read',
    summary: 'How many tracks have each mood; every track counts once for a mood',
    input: InTier.extend({ limit: upTo(1000, 30) }),
    output: z.object({
      tier: MoodTier,
      analyzedTracks: Count,
      mood_distribution: z.array(
        z.object({
          mood: z.string(),
          count: Count,
          percentage: Percentage.describe('of the sum over all moods'),
          ofAnalyzed: Percentage.describe('of the tracks that were analyzed'),
        }),
      ),
    }),
  }),
  tagCorrelations: procedure({
    http: 'GET /api/web/analytics/tag-correlations',
    access: 'read',
    summary: 'How probable each mood is in a track that has another, and how sure the moods are',
    input: InTier.extend({ top_n: upTo(200, 20) }),
    output: z.object({
      tier: MoodTier,
      mood_correlations: z
        .record(z.string(), z.record(z.string(), Probability))
        .describe('a → b → P(b | a), the ten likeliest partners of each mood'),
      mood_tier_correlations: z
        .record(
          z.string(),
          z.object({
            tier_s: Probability,
            tier_a: Probability,
            tier_b: Probability,
            strict: Probability,
            regular: Probability,
            loose: Probability,
          }),
        )
        .describe('of the tracks with a mood, the part in which it is strict (tier_s), regular or loose at most'),
    }),
  }),
  coOccurrences: procedure({
    http: 'GET /api/web/analytics/tag-co-occurrences/:tag',
    access: 'read',
    summary: 'What else is true of the tracks that have a mood: other moods, genres, artists',
    input: InTier.extend({ tag: z.string().min(1).max(200), limit: upTo(1000, 10) }),
    output: z.object({
      tag: z.string(),
      tier: MoodTier,
      total_occurrences: Count,
      mood_co_occurrences: z.array(NamedShare),
      genre_distribution: z.array(NamedShare),
      artist_distribution: z.array(NamedShare),
    }),
  }),
  matrix: procedure({
    http: 'POST /api/web/analytics/co-occurrence-matrix',
    access: 'read',
    summary: 'How many tracks meet each pair of conditions, such as a mood and a genre',
    input: InLibrary.extend({ x: TagValues, y: TagValues }),
    output: z.object({
      x: z.array(TagValue),
      y: z.array(TagValue),
      matrix: z.array(z.array(Count)).describe('matrix[j][i]: tracks with y[j] and x[i]'),
    }),
  }),
  moodAnalysis: procedure({
    http: 'GET /api/web/analytics/mood-analysis',
    access: 'read',
    summary: 'How many tracks have moods in each tier, which stand together, and how opposites balance',
    input: InTier,
    output: z.object({
      tier: MoodTier,
      analyzedTracks: Count,
      tiers: z.array(
        z.object({
          tier: MoodTier,
          tracks: Count.describe('with at least one mood'),
          percentage: Percentage,
          pairs: z.array(z.object({ moods: z.array(z.string()), count: Count, percentage: Percentage })),
        }),
      ),
      balance: z
        .array(z.object({ sides: z.array(MoodShare), total: Count }))
        .describe('moods that exclude each other, each with its share of the two'),
      dominantVibes: z.array(MoodShare),
    }),
  }),
  overview: procedure({
    http: 'GET /api/web/analytics/collection-overview',
    access: 'read',
    summary: 'What the libraries hold: files, hours, years, genres, tempos, keys, containers',
    input: InLibrary,
    output: z.object({
      file_count: Count,
      total_duration_ms: z.number(),
      total_file_size_bytes: z.number(),
      avg_track_length_ms: z.number(),
      year_distribution: z.array(z.object({ year: z.number().int(), count: Count })),
      genre_distribution: z.array(NamedShare),
      tempoHistogram: z.array(z.object({ from: z.number(), to: z.number(), count: Count })).describe('in BPM'),
      keyDistribution: z.array(NamedShare),
      containers: z.array(NamedShare),
    }),
  }),
  coverage: procedure({
    http: 'GET /api/web/analytics/coverage',
    access: 'read',
    summary: 'What has become of every track: analyzed, older, skipped, failed with the reason, waiting, missing',
    input: InLibrary,
    output: z.object({
      found: Count.describe('missing + analyzedCurrent + analyzedOlder + skipped + failed + waiting'),
      missing: Count,
      present: Count,
      analyzed: Count,
      analyzedCurrent: Count,
      analyzedOlder: Count,
      skipped: Count,
      failed: Count,
      waiting: Count,
      skippedReasons: z.array(Reason),
      failedReasons: z.array(Reason),
      tagged: Count.describe('of the present ones, those whose file has our tags'),
    }),
  }),
};
