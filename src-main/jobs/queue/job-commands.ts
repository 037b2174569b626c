import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Database } from '../../platform/database';
import { AppError } from '../../rpc';
import type { Job, JobKinds, JobStatus } from './job';
import type { Runner } from './runner';
import type { Cleared, FilePlace, PendingJobs } from './store';
import { CANCELLED, type JobRemoval, type JobRepository, REMOVABLE } from './store';

/** Jobs that are ended before others get their turn. */
const STEP = 250;

export interface JobCommandsDeps {
  readonly db: Database;
  readonly jobs: JobRepository;
  readonly pending: PendingJobs;
  readonly removal: JobRemoval;
  readonly kinds: JobKinds;
  readonly runner: Pick<Runner, 'cancel' | 'cancelLibrary' | 'isRunning'>;
  /** Called after every change with the jobs that it was made to. */
  readonly changed: (touched: readonly Job[]) => void;
}

/** What people and other domains do with jobs that are in the queue. */
export function createJobCommands({ db, jobs, pending, removal, kinds, runner, changed }: JobCommandsDeps) {
  function get(id: number): Job {
    const job = jobs.find(id);
    if (!job) throw new AppError('not_found', `There is no job ${id}. It may have been cleaned up.`);
    return job;
  }

  function requeueAll(status: 'running' | 'error'): number {
    const ids = jobs.listIds(status).filter((id) => !runner.isRunning(id));
    const back = db.transaction(() => ids.map((id) => jobs.requeue(id)))();
    if (back.length > 0) changed(back);
    return back.length;
  }

  return {
    get,
    /** A pending job ends at once, a running one at its next safe moment. Throws `not_found`, `conflict`. */
    cancel(id: number): Job {
      const job = get(id);
      if (runner.cancel(id)) return job;
      if (job.status !== 'pending') throw new AppError('conflict', `Job ${id} has ended already.`);
      const cancelled = jobs.end(id, CANCELLED);
      changed([cancelled]);
      return cancelled;
    },
    /** A job that failed or was skipped is pending again. Throws `not_found`, `conflict`. */
    retry(id: number): Job {
      const { status } = get(id);
      if (status !== 'error' && status !== 'skipped') {
        throw new AppError('conflict', `Job ${id} is ${status}; only what failed or was skipped can be tried again.`);
      }
      const back = jobs.requeue(id);
      changed([back]);
      return back;
    },
    /** Every failed job is pending again; returns their number. */
    retryFailed: (): number => requeueAll('error'),
    /** Jobs that are stored as running though nobody works on them are pending again; returns their number. */
    resetStuck: (): number => requeueAll('running'),
    /** Throws `not_found`, and `conflict` when the job is not pending. */
    moveToFront(id: number): Job {
      get(id);
      const moved = pending.moveToFront(id);
      if (!moved) throw new AppError('conflict', `Job ${id} does not wait any more.`);
      changed([moved]);
      return moved;
    },
    /** The pending job of a file begins no earlier than this, if it has such a time; false when there is none. */
    raiseNotBefore(kind: string, path: string, notBefore: number): boolean {
      const isRaised = pending.raiseNotBefore(kind, path, notBefore);
      if (isRaised) changed([]);
      return isRaised;
    },
    /** Cancels the pending jobs of a file, or of those below a folder; returns their number. */
    cancelInside(kind: string, path: string): number {
      const cancelled = pending.listInside(kind, path).map((id) => jobs.end(id, CANCELLED));
      if (cancelled.length > 0) changed(cancelled);
      return cancelled.length;
    },
    /** Cancels all that has not ended of a batch, in small steps; returns their number. */
    async cancelBatch(batchId: number): Promise<number> {
      let cancelled = 0;
      const endAll = db.transaction((ids: readonly number[]) => ids.map((id) => jobs.end(id, CANCELLED)));
      for (let ids = pending.listInBatch(batchId, STEP); ids.length > 0; ids = pending.listInBatch(batchId, STEP)) {
        changed(endAll(ids));
        cancelled += ids.length;
        await yieldToEventLoop();
      }
      const running = jobs.listIds('running').filter((id) => jobs.find(id)?.batchId === batchId);
      return cancelled + running.filter((id) => runner.cancel(id)).length;
    },
    /** Jobs follow their file to its new path, which may be in another library. */
    fileMoved(from: string, to: FilePlace): void {
      const ended = kinds.list
        .filter(({ isOfFile }) => isOfFile)
        .flatMap(({ kind }) => pending.moveFile(kind, from, to));
      if (ended.length > 0) changed(ended);
    },
    /** Throws `not_found`, and `conflict` while the job runs. */
    remove(id: number): void {
      if (get(id).status === 'running') throw new AppError('conflict', `Job ${id} is running. Cancel it first.`);
      removal.removeOne(id);
      changed([]);
    },
    /** Removes all jobs in these states; running ones always stay. */
    async clear(statuses: readonly Exclude<JobStatus, 'running'>[] = REMOVABLE): Promise<Cleared> {
      const cleared = await removal.removeIn(statuses);
      changed([]);
      return cleared;
    },
    /** Puts back what one `clear` has removed; returns the number of jobs. */
    async restore(clearing: number): Promise<number> {
      const restored = await removal.restore(clearing);
      changed([]);
      return restored;
    },
    /** Cancels what runs of a kind and removes all others of it; returns how many those were. */
    async clearKind(kind: string): Promise<number> {
      for (const id of jobs.listIds('running')) if (jobs.find(id)?.kind === kind) runner.cancel(id);
      const removed = await removal.removeKind(kind);
      changed([]);
      return removed;
    },
    /**
     * Ends what runs of a library that is about to be removed, and removes its jobs; their batches still account for
     * them.
     */
    async leaveLibrary(libraryId: number): Promise<void> {
      await removal.removeLibrary(libraryId);
      await runner.cancelLibrary(libraryId);
      await removal.removeLibrary(libraryId);
      changed([]);
    },
  };
}
