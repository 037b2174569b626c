import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { BatchSummary, JobView, queueContract } from './contract';
import type { Job, JobStatus } from './job';
import type { Queue } from './queue';
import type { ShowJobs } from './show-jobs';

type Handlers = HandlersOf<typeof queueContract>;
type ListFilter = JobStatus | 'ended_well' | undefined;

export interface QueueHandlersDeps {
  readonly queue: Queue;
  readonly show: ShowJobs;
  /** Which of these jobs have changed files that can be put back. */
  readonly undoable: (jobIds: readonly number[]) => ReadonlySet<number>;
  /** Answers requests for files and folders; which kind of job they become is the business of that kind. */
  readonly tag: Handlers['tag'];
}

export function queueHandlers({ queue, show, undoable, tag }: QueueHandlersDeps): Handlers {
  const showOne = (job: Job): JobView => show([job])[0];
  function listBatch(batchId: number, filter: ListFilter, { limit, offset }: { limit: number; offset: number }) {
    const jobs = queue.views.countInBatch(batchId);
    const counts = { ...jobs, done: jobs.done + jobs.skipped };
    const total = filter ? (filter === 'ended_well' ? counts.done : jobs[filter]) : sumOf(jobs);
    return { jobs: show(queue.views.listInBatch(batchId, filter, limit, offset)), total, limit, offset, counts };
  }

  return {
    tag,
    ...sumHandlers(queue, undoable),
    ...removalHandlers(queue),
    ...workerHandlers(queue),
    list({ limit, offset, status, batch_id: batchId }) {
      const filter = status === 'done' ? 'ended_well' : status;
      if (batchId !== undefined) return listBatch(batchId, filter, { limit, offset });
      const { jobs } = queue.views.totals();
      const counts = { ...jobs, done: jobs.done + jobs.skipped };
      const total = status ? counts[status] : sumOf(jobs);
      return { jobs: show(queue.views.list(filter, limit, offset)), total, limit, offset, counts };
    },
    batchJobs: ({ batch_id, status, limit, offset }) => ({
      jobs: show(queue.views.listInBatch(batch_id, status, limit, offset)),
    }),
    cancelBatch: async ({ batch_id }) => ({ cancelled: await queue.cancelBatch(batch_id) }),
    get: ({ job_id }) => showOne(queue.get(job_id)),
    cancel: ({ job_id }) => showOne(queue.cancel(job_id)),
    retry({ job_id }) {
      if (job_id === undefined) return { queued: queue.retryFailed() };
      queue.retry(job_id);
      return { queued: 1 };
    },
    moveToFront: ({ job_id }) => showOne(queue.moveToFront(job_id)),
    reset({ stuck, errors }) {
      const reset = (stuck ? queue.resetStuck() : 0) + (errors ? queue.retryFailed() : 0);
      return { reset, status: 'success', message: counted(reset, 'put back into the queue') };
    },
  };
}

function sumHandlers(
  queue: Queue,
  undoable: QueueHandlersDeps['undoable'],
): Pick<Handlers, 'depth' | 'status' | 'batches' | 'batch'> {
  const canUndo = ({ id, done }: BatchSummary) => done > 0 && undoable(queue.views.listDoneIds(id)).size > 0;
  return {
    depth() {
      const { jobs } = queue.views.totals();
      return { pending: jobs.pending, running: jobs.running, completed: jobs.done + jobs.skipped, errors: jobs.error };
    },
    status: () => queue.status(),
    batches: ({ limit }) => ({
      items: queue.views.listBatches(limit).map((batch) => ({ ...batch, can_undo: canUndo(batch) })),
    }),
    batch({ batch_id }) {
      const batch = queue.views.findBatch(batch_id);
      if (!batch) throw new AppError('not_found', `There is no batch ${batch_id}. It may have been cleaned up.`);
      return batch;
    },
  };
}

type Removal = 'clearAll' | 'clearPending' | 'clearCompleted' | 'clearErrors' | 'remove' | 'cleanup' | 'restore';

function removalHandlers(queue: Queue): Pick<Handlers, Removal> {
  const removed = (count: number, clearing: number | null = null) => ({
    removed: count,
    status: 'success' as const,
    message: counted(count, 'removed'),
    clearing,
  });
  const clear = async (...statuses: Parameters<Queue['clear']>) => {
    const cleared = await queue.clear(...statuses);
    return removed(cleared.removed, cleared.clearing);
  };
  return {
    clearAll: () => clear(),
    clearPending: () => clear(['pending']),
    clearCompleted: () => clear(['done', 'skipped']),
    clearErrors: () => clear(['error']),
    restore: async ({ clearing }) => ({ restored: await queue.restore(clearing) }),
    remove({ job_id }) {
      queue.remove(job_id);
      return removed(1);
    },
    async cleanup({ max_age_hours }) {
      return { status: 'ok', max_age_hours, jobs_removed: await queue.cleanUp(max_age_hours) };
    },
  };
}

function workerHandlers(queue: Queue): Pick<Handlers, 'pause' | 'resume'> {
  const worker = (message: string) => ({ status: 'success' as const, message, worker_enabled: !queue.isPaused() });
  return {
    pause() {
      queue.pause();
      return worker('The queue is paused. What runs now is finished first.');
    },
    resume() {
      queue.resume();
      return worker('The queue goes on.');
    },
  };
}

const sumOf = (counts: Readonly<Record<JobStatus, number>>) => Object.values(counts).reduce((a, b) => a + b);
const counted = (count: number, done: string): string => `${count} ${count === 1 ? 'job' : 'jobs'} ${done}.`;
