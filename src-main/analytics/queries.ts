import type { Database } from '../database';
import { createMoodDistribution } from './mood-distribution';

/** The queries of this domain, by the names that the reader thread knows them by. */
export function createAnalyticsQueries(db: Database) {
  return {
    'analytics.moodDistribution': createMoodDistribution(db),
  };
}
export type AnalyticsQueries = ReturnType<typeof createAnalyticsQueries>;
