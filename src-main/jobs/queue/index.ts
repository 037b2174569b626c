/**
 * Queue: work that is pending, runs and has ended, one row for each job; survives restarts and accounts for every file
 * of a request. Knows no kind of job: each is registered by the domain that does its work. Owns the tables `job`,
 * `job_batch`, `job_batch_ended`, `job_shared` and `job_total`.
 */

export { jobCleanUpTask } from './clean-up-task';
export { queueContract } from './contract';
export { queueHandlers } from './handlers';
export type { JobKind } from './job';
export {
  CALLER_SOURCE,
  type Enqueued,
  type Job,
  type JobContext,
  type JobDelay,
  type JobRequest,
  type JobResult,
  type JobRunner,
  type JobSource,
  type JobStatus,
  type JobTarget,
} from './job';
export { createQueue, type Queue } from './queue';
export { createResolveTargets } from './resolve-targets';
export { createShowJobs, type ShowJobs } from './show-jobs';
export type { RunScope } from './store';
export { createWaitForJob } from './wait-for-job';
