import type { Database } from '../database';
import { OPPOSITES } from '../tagging';
import { createCoOccurrences } from './co-occurrences';
import { createCorrelations } from './correlations';
import { createCoverage } from './coverage';
import { createMatrix } from './matrix';
import { createMoodAnalysis } from './mood-analysis';
import { createMoodDistribution } from './mood-distribution';
import { createOverview } from './overview';
import { createTagFrequencies } from './tag-frequencies';

/** The queries of this domain, by the names that the reader thread knows them by. */
export function createAnalyticsQueries(db: Database) {
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
