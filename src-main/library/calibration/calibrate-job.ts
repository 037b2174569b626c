import type { JobKind, JobRunner, JobSource } from '../../jobs/queue';

export const CALIBRATE_JOB = 'calibrate';

/** Of what is decided because something else has changed: nobody waits for it. */
export const AUTOMATIC: JobSource = { name: 'scan', priority: 0 };

/** Decides the moods of all tracks by the calibration in force. */
export const calibrateJobKind = (applyJob: JobRunner): JobKind => ({
  kind: CALIBRATE_JOB,
  label: 'Deciding moods',
  concurrency: () => 1,
  weight: 0,
  priority: 30,
  run: applyJob,
  progressWords: { deciding: 'Deciding moods' },
  outcomeWords: { calibrated: 'decided' },
});
