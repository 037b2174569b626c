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
 * the caller has gone; the job goes on in both cases.
 */
export function createWaitForJob({ queue, events, settings }: WaitForJobDeps) {
  return async function waitForJob(id: number, signal?: AbortSignal): Promise<Job> {
    const seconds = settings.current.blocking_timeout;
    const disposables: (() => void)[] = [];
    try {
      return await new Promise<Job>((resolve, reject) => {
        const resolveIfEnded = () => {
          const job = queue.get(id);
          if (job.status !== 'pending' && job.status !== 'running') resolve(job);
        };
        const onChange = () => {
          try {
            resolveIfEnded();
          } catch (thrown) {
            reject(thrown);
          }
        };
        // Of a change to many jobs only the sums are emitted.
        disposables.push(events.on('job.changed', (job) => job.id === id && onChange()));
        disposables.push(events.on('queue.status', onChange));
        const timer = setTimeout(() => reject(timedOut(id, seconds)), seconds * 1000);
        const onAbort = () => reject(new AppError('cancelled', 'Nobody waits for the answer any more.'));
        signal?.addEventListener('abort', onAbort);
        disposables.push(
          () => clearTimeout(timer),
          () => signal?.removeEventListener('abort', onAbort),
        );
        resolveIfEnded();
      });
    } finally {
      for (const dispose of disposables) dispose();
    }
  };
}

function timedOut(id: number, seconds: number): AppError {
  return new AppError('timed_out', `Job ${id} did not end within ${seconds} seconds; it goes on.`, {
    details: [{ job_id: id }],
  });
}
