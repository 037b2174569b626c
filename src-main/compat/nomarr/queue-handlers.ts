import type { JobStatus, Queue } from '../../jobs/queue';
import type { HandlersOf } from '../../rpc';
import { AppError, toFailure } from '../../rpc';
import type { AskQueue } from './deps';
import type { queueProcedures } from './queue-contract';

type NomarrStatus = 'pending' | 'running' | 'done' | 'error';

/** What the documents call done includes what was skipped. */
const STATUSES: Readonly<Record<Exclude<NomarrStatus, 'running'>, readonly Exclude<JobStatus, 'running'>[]>> = {
  pending: ['pending'],
  done: ['done', 'skipped'],
  error: ['error'],
};

export function nomarrQueueHandlers(deps: { queue: Queue; askQueue: AskQueue }): HandlersOf<typeof queueProcedures> {
  const { queue, askQueue } = deps;
  const worker = () => ({ status: 'ok' as const, worker_enabled: !queue.isPaused() });

  function counts() {
    const { pending, running, done, skipped, error } = queue.views.totals().jobs;
    return { pending, running, done: done + skipped, error };
  }

  async function clear(statuses: readonly NomarrStatus[]): Promise<number> {
    if (statuses.includes('running'))
      throw new AppError('conflict', 'Running jobs are not removed. Cancel them first.');
    const { removed } = await queue.clear(statuses.flatMap((status) => (status === 'running' ? [] : STATUSES[status])));
    return removed;
  }

  function removeOne(id: number): number {
    queue.remove(id);
    return 1;
  }

  return {
    async queuePage({ limit }, caller) {
      const { jobs } = await askQueue.list({ limit, offset: 0 }, caller);
      return { summary: counts(), jobs, limit };
    },
    queueSummary: counts,
    removeJob: ({ job_id }) => ({ removed: removeOne(job_id), ...worker() }),
    async removeJobs({ job_id, status }) {
      const removed = job_id ? removeOne(job_id) : await clear(status ? [status] : ['pending', 'done', 'error']);
      return { removed, status: 'success', message: `${removed} ${removed === 1 ? 'job' : 'jobs'} removed.` };
    },
    async flush({ statuses }) {
      return { removed: await clear(statuses), flushed_statuses: statuses, ...worker() };
    },
    resetStuck: (_input, caller) => askQueue.reset({ stuck: true, errors: false }, caller),
    pauseWorker() {
      queue.pause();
      return worker();
    },
    resumeWorker() {
      queue.resume();
      return worker();
    },
    async batchProcess({ paths, force }, caller) {
      const results = [];
      for (const path of paths) results.push(await queueOne(path, force, caller));
      const total_queued = results.reduce((sum, { files_queued }) => sum + files_queued, 0);
      return { total_queued, total_errors: results.filter(({ status }) => status === 'error').length, results };
    },
  };

  async function queueOne(path: string, force: boolean, caller: Parameters<AskQueue['tag']>[1]) {
    try {
      // Of several nobody waits for each in turn.
      const request = { paths: [path], force, recursive: true, write: true, only_due: false };
      const { files_queued, job_ids } = await askQueue.tag(request, caller);
      const message = `${files_queued} ${files_queued === 1 ? 'file' : 'files'} queued.`;
      return { path, status: 'queued' as const, message, files_queued, job_ids };
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      return { path, status: 'error' as const, message: toFailure(thrown).message, files_queued: 0, job_ids: [] };
    }
  }
}
