/**
 * Queue: work that waits, runs and has ended, one row for each job; survives restarts and accounts for every file it
 * was asked about. Owns the tables `job`, `job_batch`, `job_batch_ended` and `job_total`.
 */

export { type JobView, queueContract } from './contract';
export { createEnqueueTracks } from './enqueue-tracks';
export { queueHandlers } from './handlers';
export type {
  Enqueued,
  Job,
  JobContext,
  JobDelay,
  JobKind,
  JobRequest,
  JobResult,
  JobRunner,
  JobRunners,
  JobSource,
  JobStatus,
  JobTarget,
} from './job';
export { createQueue, type Queue } from './queue';
export { createResolveTargets, type ResolveTargetsDeps } from './resolve-targets';
export { createWaitForJob } from './wait-for-job';
