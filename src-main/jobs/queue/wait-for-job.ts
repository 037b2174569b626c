import type { EventBus } from '../../platform/events';
import type { SettingsStore } from '../../platform/settings';
import { AppError } from '../../rpc';
import type { QueueEvents, QueueSettings } from './contract';
import type { Job } from './job';
import type { Queue } from './queue';

export interface WaitForJobDeps {
  readonly queue: Pick<Queue, 'get'>;
  readonly events: Pick<EventBus<QueueEvents>, 'on'>;
  readonly settings: Pick<SettingsStore<QueueSettings>, 'current'>;
}

/**
 * Waits until a job has ended, as long as `blocking_timeout` says. Throws `timed_out` after that and `cancelled` when
 * nobody waits any more; the job goes on in both cases.
 */
export function createWaitForJob({ queue, events, settings }: WaitForJobDeps) {
  return async function waitForJob(id: number, signal?: AbortSignal): Promise<Job> {
    const seconds = settings.current.blocking_timeout;
    const release: (() => void)[] = [];
    try {
      return await new Promise<Job>((resolve, reject) => {
        const look = () => {
          const job = queue.get(id);
          if (job.status !== 'pending' && job.status !== 'running') resolve(job);
        };
        const lookAgain = () => {
          try {
            look();
          } catch (thrown) {
            reject(thrown);
          }
        };
        // Large changes are told as sums only, so a sum is a reason to look too.
        release.push(events.on('job.changed', (job) => job.id === id && lookAgain()));
        release.push(events.on('queue.status', lookAgain));
        const timer = setTimeout(() => reject(timedOut(id, seconds)), seconds * 1000);
        const leave = () => reject(new AppError('cancelled', 'Nobody waits for the answer any more.'));
        signal?.addEventListener('abort', leave);
        release.push(
          () => clearTimeout(timer),
          () => signal?.removeEventListener('abort', leave),
        );
        look();
      });
    } finally {
      for (const each of release) each();
    }
  };
}

function timedOut(id: number, seconds: number): AppError {
  return new AppError('timed_out', `Job ${id} did not end within ${seconds} seconds; it goes on.`, {
    details: [{ job_id: id }],
  });
}
