import { expect, it } from 'vitest';
import { aLibraryOf } from '../analytics.fixture';
import { createAnalyticsQueries } from '../queries';

const library = () =>
  aLibraryOf([
    { analyzed: { moods: { strict: ['happy'], regular: ['party'] } } },
    { analyzed: { moods: { regular: ['happy'], loose: ['vocal'] } } },
    { analyzed: { moods: { loose: ['happy'] } } },
    { analyzed: {} },
    { analyzed: { moods: { strict: ['happy'] } }, isMissing: true },
    {},
    { library: 2, analyzed: { moods: { strict: ['sad'] } } },
  ]);
const ask = (db = library()) => createAnalyticsQueries(db)['analytics.moodDistribution'];
const counts = (answer: ReturnType<ReturnType<typeof ask>>) =>
  answer.mood_distribution.map(({ mood, count }) => `${mood} ${count}`);

it('counts a track once for a mood, in the list of the tier that was asked for', () => {
  const distribution = ask();
  expect(counts(distribution({ tier: 'strict', limit: 30 }))).toEqual(['happy 1', 'sad 1']);
  expect(counts(distribution({ tier: 'regular', limit: 30 }))).toEqual(['happy 2', 'party 1', 'sad 1']);
  expect(counts(distribution({ tier: 'loose', limit: 30 }))).toEqual(['happy 3', 'party 1', 'sad 1', 'vocal 1']);
});

it('leaves out what is missing or was never analyzed, and looks at one library when told so', () => {
  expect(ask()({ tier: 'loose', limit: 30 }).analyzedTracks).toBe(5);
  const second = ask()({ tier: 'loose', limit: 30, libraryId: 2 });
  expect(second).toMatchObject({ analyzedTracks: 1, mood_distribution: [{ mood: 'sad', count: 1, percentage: 100 }] });
});

it('gives percentages of the sum that stay true when the list is cut short', () => {
  const { mood_distribution } = ask()({ tier: 'regular', limit: 1 });
  expect(mood_distribution).toEqual([{ mood: 'happy', count: 2, percentage: 50, ofAnalyzed: 40 }]);
});
