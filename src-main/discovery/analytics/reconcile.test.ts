import { expect, it } from 'vitest';
import { insertRow } from '../../../test/support/insert-row';
import { type Libraries, librariesHandlers } from '../../library/libraries';
import { createTrackRepository } from '../../library/tracks';
import { readHere } from '../../platform/database';
import { aHead, aLibraryOf, type Made, VERSION } from './analytics.fixture';
import { analyticsHandlers } from './handlers';
import { createAnalyticsQueries } from './queries';

const heads = [aHead('mood_happy', { happy: 0.8, non_happy: 0.2 })];
const moods = { strict: ['happy'], regular: ['party'], loose: ['vocal'] };
const tagged = `${VERSION}; calibration none`;

/** Two libraries with a track of every fate there is. */
const MADE: Made[] = [
  { artist: 'Anna', genre: 'Rock; Pop', year: 1999, sizeBytes: 10, analyzed: { heads, moods }, tagged },
  { artist: 'Anna', genre: 'Rock', year: 2001, sizeBytes: 20, durationMs: 100_000, analyzed: { heads, moods } },
  { artist: 'Bela', container: 'mp3', analyzed: { version: '1/older', heads }, tagged: '1/older; calibration none' },
  { artist: 'Bela', knownFailures: 'too_short', durationMs: 3000 },
  { knownFailures: 'unreadable_audio' },
  { knownFailures: 'quarantined' },
  { unreadable: 'unsupported_file' },
  { unreadable: 'unsupported_file', knownFailures: 'no_audio' },
  { genre: 'Jazz' },
  { isMissing: true, analyzed: { heads, moods }, tagged },
  { isMissing: true },
  { library: 2, artist: 'Cora', year: 1999, analyzed: { heads, moods: { regular: ['happy'] } } },
  { library: 2 },
];

function anApplication() {
  const db = aLibraryOf(MADE);
  const settings = { current: { namespace: 'nom', write_alias_keys: false } } as never;
  const reader = readHere(createAnalyticsQueries(db));
  const handlers = analyticsHandlers({ reader, settings, version: () => VERSION });
  return { db, handlers, tracks: createTrackRepository(db) };
}
const CALLER = { transport: 'window' } as const;
const SCOPES = [undefined, 1, 2];
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

it('accounts for every track that was found, in exactly one part', async () => {
  const { handlers } = anApplication();
  expect(await handlers.coverage({ library_id: undefined }, CALLER)).toEqual({
    ...{ found: 13, missing: 2, present: 11, analyzed: 4, analyzedCurrent: 3, analyzedOlder: 1 },
    ...{ skipped: 2, failed: 3, waiting: 2, tagged: 2 },
    skippedReasons: [
      { reason: 'quarantined', count: 1 },
      { reason: 'too_short', count: 1 },
    ],
    failedReasons: [
      { reason: 'no_audio', count: 1 },
      { reason: 'unreadable_audio', count: 1 },
      { reason: 'unsupported_file', count: 1 },
    ],
  });
});

it('counts a track as the list of tracks names its state and reason', async () => {
  const { db, handlers, tracks } = anApplication();
  const ids = db.prepare<[], number>('SELECT id FROM track').pluck().all();
  const states = ids.map((id) => tracks.get(id)).map(({ status, statusReason }) => `${status} ${statusReason ?? ''}`);
  const of = (state: string) => states.filter((each) => each.startsWith(state)).length;
  const coverage = await handlers.coverage({ library_id: undefined }, CALLER);
  const { missing, analyzed, skipped, failed, waiting, skippedReasons, failedReasons } = coverage;
  expect([of('missing'), of('analyzed'), of('skipped'), of('failed'), of('waiting')]).toEqual([
    missing,
    analyzed,
    skipped,
    failed,
    waiting,
  ]);
  for (const { reason, count } of skippedReasons) expect(of(`skipped ${reason}`)).toBe(count);
  for (const { reason, count } of failedReasons) expect(of(`failed ${reason}`)).toBe(count);
});

it.each(SCOPES)('adds up to what the libraries say they hold (library %s)', async (library_id) => {
  const { handlers, tracks } = anApplication();
  const coverage = await handlers.coverage({ library_id }, CALLER);
  const { present, missing, durationMs } = tracks.count(library_id);
  const { analyzedCurrent, analyzedOlder, skipped, failed, waiting } = coverage;
  expect(coverage.found).toBe(present + missing);
  expect(coverage.missing + analyzedCurrent + analyzedOlder + skipped + failed + waiting).toBe(coverage.found);
  expect(sum(coverage.failedReasons.map(({ count }) => count))).toBe(failed);
  expect(sum(coverage.skippedReasons.map(({ count }) => count))).toBe(skipped);
  const overview = await handlers.overview({ library_id }, CALLER);
  expect(overview.file_count).toBe(present);
  if (library_id === undefined) {
    const stats = await librariesHandlers({} as Libraries, tracks).stats({}, CALLER);
    expect(overview.file_count).toBe(stats.total_files);
    expect(overview.total_duration_ms).toBe(stats.total_duration_seconds * 1000);
  }
  expect(overview.total_duration_ms).toBe(durationMs);
  for (const { count } of overview.genre_distribution) expect(count).toBeLessThanOrEqual(present);
  expect(sum(overview.containers.map(({ count }) => count))).toBeLessThanOrEqual(present);
});

it.each(SCOPES)(
  'counts no mood and no key more often than there are analyzed tracks (library %s)',
  async (library_id) => {
    const { handlers } = anApplication();
    const { analyzed } = await handlers.coverage({ library_id }, CALLER);
    for (const tier of ['strict', 'regular', 'loose'] as const) {
      const distribution = await handlers.moodDistribution({ library_id, tier, limit: 30 }, CALLER);
      expect(distribution.analyzedTracks).toBe(analyzed);
      for (const { mood, count } of distribution.mood_distribution) {
        expect(count).toBeLessThanOrEqual(analyzed);
        const together = await handlers.coOccurrences({ library_id, tier, tag: mood, limit: 10 }, CALLER);
        expect(together.total_occurrences).toBe(count);
      }
      const analysis = await handlers.moodAnalysis({ library_id, tier }, CALLER);
      expect(analysis.analyzedTracks).toBe(analyzed);
    }
    const { tag_frequencies } = await handlers.tagFrequencies({ library_id, limit: 50 }, CALLER);
    const counts = Object.fromEntries(tag_frequencies.map((each) => [each.tag_key, each.total_count]));
    expect(counts).toMatchObject({ 'nom:tonearm': analyzed, 'nom:happy': analyzed });
    for (const { total_count, unique_values } of tag_frequencies) {
      expect(total_count).toBeLessThanOrEqual(analyzed);
      expect(unique_values).toBeGreaterThan(0);
    }
  },
);

it('sums the file sizes, years, tempos and keys of what is there', async () => {
  const { handlers, db } = anApplication();
  db.exec("UPDATE track SET bpm = 119.9, musical_key = 'Am' WHERE id <= 2");
  const overview = await handlers.overview({ library_id: 1 }, CALLER);
  expect(overview).toMatchObject({
    ...{ file_count: 9, total_file_size_bytes: 10 + 20 + 7 * 1000 },
    year_distribution: [
      { year: 1999, count: 1 },
      { year: 2001, count: 1 },
    ],
    tempoHistogram: [{ from: 110, to: 120, count: 2 }],
    keyDistribution: [{ name: 'Am', count: 2, percentage: 22.2 }],
  });
  expect(overview.genre_distribution.map(({ name, count }) => `${name} ${count}`)).toEqual([
    'Rock 2',
    'Jazz 1',
    'Pop 1',
  ]);
  expect(overview.avg_track_length_ms).toBe(Math.round(overview.total_duration_ms / 7));
});

it('is all zero and empty for a library without tracks', async () => {
  const { handlers, db } = anApplication();
  insertRow(db, 'library', { id: 3, name: 'Empty', root_path: '/empty' });
  const asked = { library_id: 3 };
  expect(await handlers.coverage(asked, CALLER)).toMatchObject({ found: 0, failedReasons: [] });
  expect(await handlers.overview(asked, CALLER)).toMatchObject({ file_count: 0, avg_track_length_ms: 0 });
  expect(await handlers.tagFrequencies({ ...asked, limit: 50 }, CALLER)).toEqual({ tag_frequencies: [] });
  const tier = 'regular';
  expect(await handlers.tagCorrelations({ ...asked, tier, top_n: 20 }, CALLER)).toMatchObject({
    mood_correlations: {},
  });
  const { balance, dominantVibes } = await handlers.moodAnalysis({ ...asked, tier }, CALLER);
  expect([balance, dominantVibes]).toEqual([[], []]);
});
