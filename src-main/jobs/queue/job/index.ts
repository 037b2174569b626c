/** A job: what is asked for, what a kind of job registers, how a job ends. Owns no tables. */
export {
  type BatchKey,
  CALLER_SOURCE,
  type Enqueued,
  type Job,
  type JobContext,
  type JobDelay,
  type JobEnd,
  type JobRequest,
  type JobResult,
  type JobRunner,
  type JobSource,
  type JobStatus,
  type JobTarget,
} from './job';
export { createJobKinds, type JobKind, type JobKinds } from './job-kinds';
