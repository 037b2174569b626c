import { expect, it } from 'vitest';
import { aLibraryOf } from '../analytics.fixture';
import { createAnalyticsQueries } from '../queries';

const library = () =>
  createAnalyticsQueries(
    aLibraryOf([
      {
        artist: 'Anna',
        genre: 'Rock; Pop',
        year: 1999,
        analyzed: { moods: { strict: ['happy'], regular: ['party'] } },
      },
      { artist: 'Anna', genre: 'Rock', analyzed: { moods: { regular: ['happy', 'party'], loose: ['vocal'] } } },
      { artist: 'Bela', analyzed: { moods: { loose: ['happy'], strict: ['party', 'vocal'] } } },
      { artist: 'Cora', analyzed: { moods: { regular: ['sad', 'vocal'] } } },
      { artist: 'Cora', analyzed: {} },
      { artist: 'Dora', genre: 'Rock', isMissing: true, analyzed: { moods: { strict: ['happy', 'party'] } } },
      { library: 2, analyzed: { moods: { strict: ['happy'] } } },
    ]),
  );

it('tells how probable one mood is where another was detected', () => {
  const { mood_correlations } = library()['analytics.correlations']({ tier: 'regular', topN: 20 });
  expect(mood_correlations).toEqual({
    happy: { party: 0.667 },
    party: { happy: 0.667, vocal: 0.333 },
    sad: { vocal: 1 },
    vocal: { party: 0.5, sad: 0.5 },
  });
});

it('tells of each mood how sure it is, by the documented names and by ours, as parts of one', () => {
  const { mood_tier_correlations: tiers } = library()['analytics.correlations']({ tier: 'loose', topN: 1 });
  expect(Object.keys(tiers)).toEqual(['happy']);
  expect(tiers.happy).toEqual({ tier_s: 0.5, tier_a: 0.25, tier_b: 0.25, strict: 0.5, regular: 0.25, loose: 0.25 });
});

it('keeps to the most frequent moods and the ten likeliest partners', () => {
  const moods = Array.from({ length: 15 }, (_, index) => `mood ${index}`);
  const all = createAnalyticsQueries(aLibraryOf([{ analyzed: { moods: { strict: moods } } }]));
  const answer = all['analytics.correlations']({ tier: 'strict', topN: 12 });
  expect(Object.keys(answer.mood_correlations)).toHaveLength(12);
  expect(Object.keys(answer.mood_correlations['mood 0'])).toHaveLength(10);
});

it('shows what goes with a mood: other moods, genres and artists, in percent of its tracks', () => {
  const happy = library()['analytics.coOccurrences']({ mood: 'happy', tier: 'regular', limit: 10, libraryId: 1 });
  expect(happy).toEqual({
    tag: 'happy',
    tier: 'regular',
    total_occurrences: 2,
    mood_co_occurrences: [{ name: 'party', count: 2, percentage: 100 }],
    genre_distribution: [
      { name: 'Rock', count: 2, percentage: 100 },
      { name: 'Pop', count: 1, percentage: 50 },
    ],
    artist_distribution: [{ name: 'Anna', count: 2, percentage: 100 }],
  });
  expect(library()['analytics.coOccurrences']({ mood: 'unheard of', tier: 'loose', limit: 10 })).toMatchObject({
    total_occurrences: 0,
    mood_co_occurrences: [],
  });
});

it('counts tracks that meet two conditions, rows by y and columns by x, with or without our prefix', () => {
  const ask = library()['analytics.matrix'];
  const x = [
    { key: 'genre', value: 'Rock' },
    { key: 'artist', value: 'Bela' },
    { key: 'year', value: '1999' },
  ];
  const y = [
    { key: 'nom:mood-strict', value: 'happy' },
    { key: 'mood-loose', value: 'happy' },
    { key: 'genre', value: 'Pop' },
  ];
  const answer = ask({ x, y, namespace: 'nom' });
  expect(answer).toEqual({
    ...{ x, y },
    matrix: [
      [1, 0, 1],
      [2, 1, 1],
      [1, 0, 1],
    ],
  });
});

it('says by what can be counted when a key is unknown', () => {
  const unknown = [{ key: 'colour', value: 'red' }];
  expect(() => library()['analytics.matrix']({ x: unknown, y: unknown, namespace: 'nom' })).toThrow(
    /Nothing is counted by "colour"\. Known: mood-strict, .*genre/,
  );
});

it('tells how many tracks have moods, which stand together and how opposites balance', () => {
  const answer = library()['analytics.moodAnalysis']({ tier: 'regular', libraryId: 1 });
  expect(answer.analyzedTracks).toBe(5);
  expect(answer.tiers.map(({ tier, tracks, percentage }) => [tier, tracks, percentage])).toEqual([
    ['strict', 2, 40],
    ['regular', 4, 80],
    ['loose', 4, 80],
  ]);
  expect(answer.tiers[1].pairs[0]).toEqual({ moods: ['party', 'happy'], count: 2, percentage: 40 });
  const balance = answer.balance.map(({ sides, total }) => [
    ...sides.map(({ mood, percentage }) => `${mood} ${percentage} %`),
    total,
  ]);
  expect(balance).toEqual([
    ['happy 66.7 %', 'sad 33.3 %', 3],
    ['vocal 100 %', 'instrumental 0 %', 2],
  ]);
  expect(answer.dominantVibes[0]).toEqual({ mood: 'party', count: 3, percentage: 60 });
});
