import type { JobKind, JobRunner } from '../../jobs/queue';

export const VERIFY_JOB = 'verify';

/** Reads the written files again and compares them with the journal. */
export const verifyJobKind = (verifyJob: JobRunner): JobKind => ({
  kind: VERIFY_JOB,
  label: 'Verification of written files',
  concurrency: () => 1,
  weight: 0,
  priority: 10,
  run: verifyJob,
  progressWords: { verifying: 'Reading written files again' },
  outcomeWords: { verified: 'verified' },
});
