import type { Reader } from '../database';
import type { AnswersOf } from '../routes';
import type { analyticsContract } from './contract';
import type { AnalyticsQueries } from './queries';

export interface AnalyticsDeps {
  readonly reader: Reader<AnalyticsQueries>;
}

/** Hands each question to the reader thread: at 100 000 tracks every one of them is too long for the main thread. */
export function answerAnalytics({ reader }: AnalyticsDeps): AnswersOf<typeof analyticsContract> {
  return {
    moodDistribution: ({ library_id: libraryId, ...input }) =>
      reader.read('analytics.moodDistribution', { ...input, libraryId }),
  };
}
