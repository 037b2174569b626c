/**
 * Bulk writes with a plan first: what would change, file by file and tag by tag, before anything does. Owns the tables
 * `write_plan`, `write_plan_file` and `write_plan_field`.
 */
export { writePlansHandlers } from './handlers';
export { createJudgeTrack } from './judge-track';
export { createPlanQueries } from './plan-queries';
export { createSelectionQueries } from './selection-queries';
export { createWritePlans } from './write-plans';
