/** Mood analytics: distributions, co-occurrences and correlations of mood terms. Owns no tables. */
export { createCoOccurrences } from './co-occurrences';
export { createCorrelations } from './correlations';
export { createMatrix } from './matrix';
export { createMoodAnalysis } from './mood-analysis';
export { createMoodDistribution } from './mood-distribution';
export { type MoodSets, prepareMoodSets } from './mood-sets';
