import { expect, it } from 'vitest';
import { aHead, aLibraryOf } from '../../discovery/analytics/analytics.fixture';
import { createAnalyticsQueries } from '../../discovery/analytics/queries';
import { createLibraryIndex } from '../../discovery/playlists/import/library-index';
import { interruptible } from './interruption';

const TRACKS = 200;
const db = aLibraryOf(
  Array.from({ length: TRACKS }, () => ({
    genre: 'Rock',
    analyzed: { moods: { regular: ['happy'] }, heads: [aHead('mood_happy', { happy: 0.9, non_happy: 0.1 })] },
  })),
);
const analytics = createAnalyticsQueries(db);
const index = createLibraryIndex(db);
const tier = 'regular';
const genres = [{ key: 'genre', value: 'Rock' }];

/** What looks through the whole library for whoever asks. */
const QUESTIONS: Readonly<Record<string, () => unknown>> = {
  tagFrequencies: () => analytics['analytics.tagFrequencies']({ limit: 50, namespace: 'nom', aliases: false }),
  moodDistribution: () => analytics['analytics.moodDistribution']({ tier, limit: 30 }),
  correlations: () => analytics['analytics.correlations']({ tier, topN: 20 }),
  coOccurrences: () => analytics['analytics.coOccurrences']({ tier, mood: 'happy', limit: 10 }),
  matrix: () => analytics['analytics.matrix']({ x: genres, y: [{ key: 'mood', value: 'happy' }], namespace: 'nom' }),
  moodAnalysis: () => analytics['analytics.moodAnalysis']({ tier }),
  overview: () => analytics['analytics.overview']({}),
  coverage: () => analytics['analytics.coverage']({ version: '1', skipCodes: [] }),
  'names for an import': () => index().byId.size,
};

it.each(Object.keys(QUESTIONS))('ends %s in the middle once nobody waits for it', (name) => {
  const ask = QUESTIONS[name];
  let checks = 0;
  const goneAfter = (calls: number) => () => {
    checks += 1;
    return checks > calls;
  };
  expect(() => interruptible(db, goneAfter(0), ask)).toThrow(expect.objectContaining({ code: 'cancelled' }));
  expect(checks).toBe(1);
  expect(interruptible(db, () => false, ask)).toEqual(ask());
});
