import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReaderQueries } from '../../src-main/app/reader-queries';
import { createReader, openDatabase } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { temporaryFolder } from '../support/small-music';
import { askAll } from './questions';
import { fillWithSyntheticTracks } from './synthetic-library';

const TRACKS = 100_000;
const MAX_MS = 1000;
const MAX_DELAY_MS = 50;
const folder = temporaryFolder('analytics');
const database = join(folder.path, 'analytics.db');
const reader = createReader<ReaderQueries>(findPaths().readerEntry, database, (thrown) => {
  throw thrown;
});
const whole = { tier: 'regular' } as const;
const conditions = (from: number) =>
  Array.from({ length: 16 }, (_, index) => ({ key: 'genre', value: `Genre ${from + index}` }));

/** Every question that the screen and the API ask, as the answer to it is made. */
const QUESTIONS: Readonly<Record<string, () => Promise<unknown>>> = {
  'tag frequencies': () => reader.read('analytics.tagFrequencies', { limit: 50, namespace: 'nom', aliases: false }),
  'mood distribution': () => reader.read('analytics.moodDistribution', { ...whole, limit: 30 }),
  'tag correlations': () => reader.read('analytics.correlations', { ...whole, topN: 20 }),
  'co-occurrences of a mood': () => reader.read('analytics.coOccurrences', { ...whole, mood: 'happy', limit: 10 }),
  'matrix of 16 × 16': () => reader.read('analytics.matrix', { x: conditions(0), y: conditions(16), namespace: 'nom' }),
  'mood analysis': () => reader.read('analytics.moodAnalysis', whole),
  'collection overview': () => reader.read('analytics.overview', {}),
  coverage: () => reader.read('analytics.coverage', { version: 'v0', skipCodes: ['too_short'] }),
  'mood distribution of one library': () =>
    reader.read('analytics.moodDistribution', { ...whole, limit: 30, libraryId: 2 }),
};

beforeAll(() => {
  const db = openDatabase(database);
  fillWithSyntheticTracks(db, TRACKS);
  db.close();
});
afterAll(async () => {
  await reader.stop();
  folder.remove();
});

it(`answers every question about ${TRACKS} tracks with 20 scores within a second, beside the main thread`, async () => {
  const slowest = await askAll(`Analytics of ${TRACKS} tracks`, QUESTIONS);
  expect(slowest.answer).toBeLessThanOrEqual(MAX_MS);
  expect(slowest.loop).toBeLessThan(MAX_DELAY_MS);
});
