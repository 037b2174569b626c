import type { Queue } from '../../jobs/queue';

/** The jobs that decide moods, as the documents of Nomarr see them: a queue of their own. */
export function createCalibrationJobs(queue: () => Pick<Queue, 'views' | 'isPaused' | 'clearKind'>) {
  return {
    status() {
      const { pending, running, done, skipped, error } = queue().views.totals('calibrate').jobs;
      return {
        ...{ pending, running, completed: done + skipped, errors: error },
        ...{ worker_alive: !queue().isPaused(), worker_busy: running > 0 },
      };
    },
    /** Ends what runs and removes the others; tells how many. */
    clear: (): Promise<number> => queue().clearKind('calibrate'),
  };
}
