import { OPPOSITES } from '../../library/moods';
import { type Database, offerStillWanted } from '../../platform/database';
import { createCoverage } from './coverage';
import { createTagFrequencies } from './frequencies';
import {
  createCoOccurrences,
  createCorrelations,
  createMatrix,
  createMoodAnalysis,
  createMoodDistribution,
} from './moods';
import { createOverview } from './overview';

/** The queries of this domain, by the names that the reader thread knows them by. */
export function createAnalyticsQueries(db: Database) {
  offerStillWanted(db);
  return {
    'analytics.tagFrequencies': createTagFrequencies(db),
    'analytics.moodDistribution': createMoodDistribution(db),
    'analytics.correlations': createCorrelations(db),
    'analytics.coOccurrences': createCoOccurrences(db),
    'analytics.matrix': createMatrix(db),
    'analytics.moodAnalysis': createMoodAnalysis(db, OPPOSITES),
    'analytics.overview': createOverview(db),
    'analytics.coverage': createCoverage(db),
  };
}
export type AnalyticsQueries = ReturnType<typeof createAnalyticsQueries>;
