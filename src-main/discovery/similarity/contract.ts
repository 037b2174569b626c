import { z } from 'zod';
import { Track, TrackId } from '../../library/tracks/contract';
import { procedure } from '../../rpc';

const numeric = (least: number, most: number) => z.coerce.number<number | string>().min(least).max(most);
const whole = (least: number, most: number) => numeric(least, most).int();
const yesOrNo = z
  .enum(['true', 'false'])
  .or(z.boolean())
  .transform((value) => value === true || value === 'true');
const Backbone = z.string().max(100).describe('whose vectors are compared; without it, the one that most tracks have');

/** Which tracks may be among the found; what is not given does not matter. */
const filters = {
  library: TrackId.optional(),
  mood: z.string().max(100).optional(),
  genre: z.string().max(100).optional().describe('words in the genre'),
  bpmMin: numeric(0, 1000).optional(),
  bpmMax: numeric(0, 1000).optional(),
  yearMin: whole(0, 9999).optional(),
  yearMax: whole(0, 9999).optional(),
  durationMin: numeric(0, 1e6).optional().describe('seconds'),
  durationMax: numeric(0, 1e6).optional().describe('seconds'),
};
export const Filters = z.object(filters);
export type Filters = z.infer<typeof Filters>;

/** One reason for the likeness of two tracks. */
export const Part = z.object({
  name: z.enum(['timbre', 'tempo', 'key', 'moods', 'genres']),
  weight: z.number().describe('how much of the score it is; together 1'),
  value: z.number().nullable().describe('0 to 1; null when it is not known of one of the two, and counts half'),
  words: z.string(),
});
export type Part = z.infer<typeof Part>;

export const SimilarTrack = z.object({
  track: Track,
  score: z.number().describe('0 to 1: the parts by their weights'),
  cosine: z.number().describe('of the two vectors, as it is'),
  parts: z.array(Part),
  copies: z.array(TrackId).describe('other tracks that hold the same recording and are not listed for themselves'),
});
export type SimilarTrack = z.infer<typeof SimilarTrack>;

/** One track of a path or a mix, and how it follows the one before; null for the first. */
export const Step = z.object({
  track: Track,
  fromPrevious: SimilarTrack.omit({ track: true, copies: true }).nullable(),
});
export type Step = z.infer<typeof Step>;

const basis = {
  backbone: z.string(),
  version: z.string().describe('of the analysis that the vectors are from'),
  compared: z.number().int().describe('tracks that have a vector'),
};
const Sequence = z.object({
  ...basis,
  items: z.array(Step),
  smoothness: z.number().nullable().describe('mean score of the transitions; null for fewer than two tracks'),
});
export type Sequence = z.infer<typeof Sequence>;

/** `12`, or `library_files/12` as other programs write it. */
const FileId = z.union([z.number(), z.string()]).transform((id) => Number(String(id).split('/').at(-1)));
const FoundVector = z.object({
  file_id: z.number().int(),
  score: z.number(),
  path: z.string(),
  title: z.string(),
  artist: z.string(),
  album: z.string(),
});

export const similarityContract = {
  similar: procedure({
    http: 'GET /api/web/tracks/:id/similar',
    access: 'read',
    summary: 'Tracks that are like one, with the reasons',
    input: z.object({
      ...filters,
      id: TrackId,
      backbone: Backbone.optional(),
      keyCompatible: yesOrNo.default(false),
      excludeSameArtist: yesOrNo.default(false),
      excludeSameAlbum: yesOrNo.default(false),
      limit: whole(1, 100).default(20),
      min_score: numeric(0, 1).default(0),
    }),
    output: z.object({ ...basis, items: z.array(SimilarTrack) }),
  }),
  path: procedure({
    http: 'POST /api/web/similarity/path',
    access: 'read',
    summary: 'A smooth way from one track to another',
    input: z.object({
      from: TrackId,
      to: TrackId,
      steps: whole(0, 60).default(8).describe('tracks between the two'),
      backbone: Backbone.optional(),
      filters: Filters.default({}),
    }),
    output: Sequence,
  }),
  mix: procedure({
    http: 'POST /api/web/similarity/mix',
    access: 'read',
    summary: 'Tracks around one or more seeds, in an order that flows',
    input: z.object({
      seeds: z.array(TrackId).min(1).max(25),
      limit: whole(1, 200).default(30),
      diversity: numeric(0, 1).default(0.3).describe('0: the nearest; 1: as unlike each other as they can be'),
      maxPerArtist: whole(1, 200).default(3),
      includeSeeds: z.boolean().default(true),
      backbone: Backbone.optional(),
      filters: Filters.default({}),
    }),
    output: Sequence,
  }),
  export: procedure({
    http: 'POST /api/web/similarity/export',
    access: 'read',
    summary: 'Tracks as an M3U playlist, with paths relative to the root of their library',
    input: z.object({ name: z.string().trim().min(1).max(200), trackIds: z.array(TrackId).min(1).max(1000) }),
    output: z.object({ fileName: z.string(), content: z.string() }),
  }),
  vectorSearch: procedure({
    http: 'POST /api/web/vectors/search',
    access: 'read',
    summary: 'The nearest vectors of one backbone, by cosine alone; the track itself is among them',
    input: z.object({
      file_id: FileId,
      backbone_id: Backbone.optional(),
      limit: whole(1, 100).default(10),
      min_score: numeric(-1, 1).default(0),
      library_scope: z
        .union([z.string().max(100), z.number()])
        .default('all')
        .describe('own, all, or the id of a library'),
    }),
    output: z.object({ file_id: z.number().int(), backbone_id: z.string(), results: z.array(FoundVector) }),
  }),
  vectorBackbones: procedure({
    http: 'GET /api/web/vectors/backbones',
    access: 'read',
    summary: 'The backbones that there are vectors of',
    input: z.object({}),
    output: z.object({ backbones: z.array(z.string()) }),
  }),
  vectorOfTrack: procedure({
    http: 'GET /api/web/vectors/track',
    access: 'read',
    summary: 'The vector of one track: the mean over its patches, as the backbone gave it',
    input: z.object({ file_id: FileId, backbone_id: Backbone.optional() }),
    output: z.object({
      file_id: z.number().int(),
      backbone_id: z.string(),
      version: z.string(),
      dimensions: z.number().int(),
      vector: z.array(z.number()),
    }),
  }),
  vectorStats: procedure({
    http: 'GET /api/web/vectors/stats',
    access: 'read',
    summary: 'How many vectors there are, by backbone and version of the analysis; every one can be found at once',
    input: z.object({}),
    output: z.object({
      current_version: z.string(),
      stats: z.array(
        z.object({
          backbone_id: z.string(),
          version: z.string(),
          dimensions: z.number().int(),
          total_count: z.number().int(),
          is_current: z.boolean(),
        }),
      ),
    }),
  }),
  similarForPlayers: procedure({
    http: 'POST /api/v1/navidrome/similar-tracks',
    access: 'read',
    summary: 'Tracks like one, for the instant mix of a player; the track is named by id, path, or title and artist',
    input: z.object({
      file_id: FileId.optional(),
      path: z.string().max(4096).optional().describe('absolute, or relative to the root of its library'),
      title: z.string().max(500).optional(),
      artist: z.string().max(500).optional(),
      count: whole(1, 500).default(50),
    }),
    output: z.object({
      file_id: z.number().int(),
      tracks: z.array(FoundVector.extend({ duration_ms: z.number().int().nullable() })),
      count: z.number().int(),
    }),
  }),
};
