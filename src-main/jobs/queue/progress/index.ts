/** Progress: what runs and how far it is, throughput, and the estimate of the time left. Owns no tables. */

export { progressOf } from './live-jobs';
export { createProgress } from './progress';
