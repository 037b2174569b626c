import type { analyticsContract } from '../../src-main/discovery/analytics/contract';
import type { HandlersOf } from '../../src-main/rpc/routes';

const MOODS = [
  ...['relaxed', 'happy', 'vocal', 'acoustic', 'danceable', 'party', 'instrumental', 'electronic', 'sad', 'tonal'],
  ...['aggressive', 'female vocals', 'male vocals'],
];
const share = (count: number, whole: number) => Math.round((count / whole) * 1000) / 10;
const named = (names: readonly string[], most: number) =>
  names.map((name, index) => ({ name, count: Math.round(most / (index + 1)), percentage: share(1, index + 2) }));

/** Numbers of a library of 100 000 tracks, most of which were analyzed. */
export const analyticsHandlers: HandlersOf<typeof analyticsContract> = {
  tagFrequencies: () => ({ tag_frequencies: [{ tag_key: 'nom:happy', total_count: 91_000, unique_values: 9800 }] }),
  moodDistribution: ({ tier }) => ({
    ...{ tier, analyzedTracks: 91_000 },
    mood_distribution: MOODS.map((mood, index) => {
      const count = Math.round((tier === 'strict' ? 18_000 : 44_000) / (1 + index * 0.4));
      return { mood, count, percentage: share(1, index + 4), ofAnalyzed: share(count, 91_000) };
    }),
  }),
  tagCorrelations: ({ tier }) => ({
    tier,
    mood_correlations: Object.fromEntries(
      MOODS.slice(0, 12).map((a, i) => [
        a,
        Object.fromEntries(MOODS.slice(0, 11).flatMap((b, j) => (a === b ? [] : [[b, ((i * 7 + j * 13) % 90) / 100]]))),
      ]),
    ),
    mood_tier_correlations: {},
  }),
  coOccurrences: ({ tag, tier }) => ({
    ...{ tag, tier, total_occurrences: 31_428 },
    mood_co_occurrences: named(MOODS.filter((mood) => mood !== tag).slice(0, 6), 20_000),
    genre_distribution: named(['Folk', 'Electronic', 'Ambient', 'Jazz'], 9000),
    artist_distribution: named(['Anna Lindqvist', 'The Quiet Hours', 'Marrow & Pine'], 420),
  }),
  matrix: ({ x, y }) => ({ x, y, matrix: y.map(() => x.map(() => 0)) }),
  moodAnalysis: ({ tier }) => ({
    ...{ tier, analyzedTracks: 91_000, tiers: [], dominantVibes: [] },
    balance: [
      ['happy', 31_428, 'sad', 10_476],
      ['aggressive', 8462, 'relaxed', 44_000],
      ['vocal', 24_444, 'instrumental', 12_941],
    ].map(([a, m, b, n]) => ({
      total: Number(m) + Number(n),
      sides: [
        { mood: String(a), count: Number(m), percentage: share(Number(m), Number(m) + Number(n)) },
        { mood: String(b), count: Number(n), percentage: share(Number(n), Number(m) + Number(n)) },
      ],
    })),
  }),
  overview: ({ library_id }) => ({
    ...{ file_count: library_id === 9 ? 0 : 98_660, total_duration_ms: 24_000_000_000 },
    ...{ total_file_size_bytes: 2_431_000_000_000, avg_track_length_ms: 243_000 },
    year_distribution: Array.from({ length: 66 }, (_, i) => ({ year: 1960 + i, count: 300 + ((i * 37) % 61) * 40 })),
    genre_distribution: named(['Folk', 'Electronic', 'Ambient', 'Jazz', 'Progressive Rock'], 21_000),
    tempoHistogram: Array.from({ length: 13 }, (_, i) => ({
      from: 60 + i * 10,
      to: 70 + i * 10,
      count: 900 * (7 - Math.abs(6 - i)),
    })),
    keyDistribution: named(['C', 'Am', 'G', 'F#m', 'D'], 12_000),
    containers: named(['flac', 'mp3', 'm4a'], 60_000),
  }),
  coverage: () => ({
    ...{ found: 100_000, missing: 1340, present: 98_660, analyzed: 91_000, analyzedCurrent: 84_000 },
    ...{ analyzedOlder: 7000, skipped: 410, failed: 250, waiting: 7000, tagged: 60_211 },
    skippedReasons: [{ reason: 'too_short', count: 410 }],
    failedReasons: [
      { reason: 'unreadable_audio', count: 200 },
      { reason: 'unsupported_file', count: 50 },
    ],
  }),
};
