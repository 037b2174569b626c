/** Jobs as rows: added, claimed, moved, listed, summed and removed. Owns the tables of the queue, `cleared_job` among them. */

export { createEnqueue } from './enqueue';
export { type Cleared, createJobRemoval, type JobRemoval, REMOVABLE } from './job-removal';
export { CANCELLED, createJobRepository, type Ending, type JobRepository, type RunScope } from './job-repository';
export { createJobViews, type JobViews } from './job-views';
export { createPendingJobs, type FilePlace, type PendingJobs } from './pending-jobs';
export { createRunJobs } from './run-jobs';
export { createSharedJobs } from './shared-jobs';
