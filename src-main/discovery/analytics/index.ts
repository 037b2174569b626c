/**
 * Analytics: what a whole library holds and what was detected in it, in numbers. Only reads, in the reader thread; owns no
 * table.
 */
export { analyticsHandlers } from './handlers';
export { createAnalyticsQueries } from './queries';
