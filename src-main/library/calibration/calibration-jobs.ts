import type { Queue } from '../../jobs/queue';
import { CALIBRATE_JOB } from './calibrate-job';

/** The jobs that decide moods, as the documents of Nomarr see them: a queue of their own. */
export function createCalibrationJobs(queue: () => Pick<Queue, 'views' | 'isPaused' | 'clearKind'>) {
  return {
    status() {
      const { pending, running, done, skipped, error } = queue().views.totals(CALIBRATE_JOB).jobs;
      return {
        ...{ pending, running, completed: done + skipped, errors: error },
        ...{ worker_alive: !queue().isPaused(), worker_busy: running > 0 },
      };
    },
    /** Cancels what runs and removes the others; returns how many those were. */
    clear: (): Promise<number> => queue().clearKind(CALIBRATE_JOB),
  };
}
