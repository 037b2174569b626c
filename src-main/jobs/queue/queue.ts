import type { LibrariesEvents } from '../../library/libraries/contract';
import { type AlarmClock, wallClock } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { HealthEvents } from '../../platform/health/contract';
import type { SettingsEvents, SettingsStore } from '../../platform/settings';
import { AppError, toFailure } from '../../rpc';
import type { QueueEvents, QueueSettings } from './contract';
import { createEnqueue } from './enqueue';
import type { Enqueued, Job, JobKind, JobRequest, JobRunners, JobStatus } from './job';
import { createJobRemoval, REMOVABLE } from './job-removal';
import { createJobRepository, type FilePlace } from './job-repository';
import { createJobViews } from './job-views';
import { createProgress } from './progress';
import { CANCELLED, createRunner } from './runner';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long a full disk is left alone before it is tried again. */
const HOLD_MS = 60_000;
/** Above this many jobs at once listeners are told the sums only. */
const TELL_EACH = 100;

export interface QueueDeps {
  readonly db: Database;
  readonly events: EventBus<QueueEvents & SettingsEvents & HealthEvents & Pick<LibrariesEvents, 'libraries.changed'>>;
  readonly settings: SettingsStore<QueueSettings>;
  readonly runners: JobRunners;
  /** How many files are listened to at once; asked again each time. Scans run one at a time beside them. */
  readonly concurrency: () => number;
  /** Libraries whose jobs wait, because their folder is not there now. */
  readonly offlineLibraries?: () => readonly number[];
  /** A halt of those who listen, which ends when a person resumes the queue. */
  readonly suspension?: { readonly reason: () => string | null; readonly end: () => void };
  readonly clock?: AlarmClock;
  /** Gets failures that are nobody's but ours, for the log. */
  readonly report?: (thrown: unknown) => void;
}

/**
 * The queue: every job a row, from before the answer to whoever asked until the clean-up. Make it, `start` it once
 * everything that its runners need is there, `stop` it before the database closes.
 */
export function createQueue(deps: QueueDeps) {
  const { db, events, settings, clock = wallClock, report = () => {} } = deps;
  const now = () => new Date(clock.now());
  const jobs = createJobRepository(db, now);
  const views = createJobViews(db);
  const removal = createJobRemoval(db);
  const addJobs = createEnqueue(db, now);
  const isPaused = () => !settings.current.worker_enabled;
  let held: string | null = null;
  let stopWaiting = () => {};
  const analyzedBeforeMs = views.analyzedInOpenBatchesMs();
  const suspended = () => deps.suspension?.reason() ?? null;
  const suspendedReason = () => held ?? suspended();
  const progress = createProgress({ views, events, clock, isPaused, suspendedReason, analyzedBeforeMs });
  const runner = createRunner({
    jobs,
    clock,
    runners: deps.runners,
    offlineLibraries: deps.offlineLibraries ?? (() => []),
    limit: (kind: JobKind) => (isPaused() || held ? 0 : kind !== 'tag' ? 1 : suspended() ? 0 : deps.concurrency()),
    onProgress: progress.advanced,
    onChange: progress.jobChanged,
    onDiskFull: hold,
    onStorageError: reportStorageError,
    report,
  });
  let isStarted = false;
  let disposables: (() => void)[] = [];

  function hold(reason: string): void {
    if (held) return;
    held = reason;
    stopWaiting = clock.after(HOLD_MS, release);
    disposables.push(() => stopWaiting());
  }

  /** Ends a hold: what could not be taken down as ended begins anew, the rest goes on. */
  function release(): void {
    if (!held) return;
    held = null;
    stopWaiting();
    try {
      requeueAll('running');
      changed([]);
    } catch (thrown) {
      reportStorageError(thrown);
    }
  }

  function reportStorageError(thrown: unknown): void {
    const { code, message } = toFailure(thrown);
    if (code === 'disk_full') hold(message);
    report(thrown);
  }

  function changed(touched: readonly Job[]): void {
    progress.allowJump();
    if (touched.length <= TELL_EACH) for (const job of touched) progress.tellJob(job);
    progress.statusChanged();
    if (isStarted) runner.pump();
  }

  function get(id: number): Job {
    const job = jobs.find(id);
    if (!job) throw new AppError('not_found', `There is no job ${id}. It may have been cleaned up.`);
    return job;
  }

  function setPaused(paused: boolean): void {
    settings.update({ worker_enabled: !paused });
  }

  async function cleanUp(maxAgeHours: number): Promise<number> {
    const removed = await removal.removeEndedBefore(new Date(clock.now() - maxAgeHours * HOUR_MS));
    if (removed > 0) progress.statusChanged();
    return removed;
  }

  function cleanUpDaily(): void {
    cleanUp(settings.current.job_retention_hours).catch(report);
    disposables.push(clock.after(DAY_MS, cleanUpDaily));
  }

  function requeueAll(status: 'running' | 'error'): number {
    const ids = jobs.listIds(status).filter((id) => !runner.isRunning(id));
    const back = db.transaction(() => ids.map((id) => jobs.requeue(id)))();
    if (back.length > 0) changed(back);
    return back.length;
  }

  return {
    views,
    /** Resolves once every job is durable. */
    async enqueue(request: JobRequest): Promise<Enqueued> {
      const enqueued = await addJobs(request);
      const { jobIds } = enqueued;
      changed(jobIds.length <= TELL_EACH ? jobIds.flatMap((id) => jobs.find(id) ?? []) : []);
      return enqueued;
    },
    find: jobs.find,
    get,
    live: progress.live,
    status: progress.status,
    isPaused,
    /** Running jobs finish, no new ones start; also after a restart, until `resume`, which also ends a hold at once. */
    pause: () => setPaused(true),
    resume(): void {
      release();
      deps.suspension?.end();
      setPaused(false);
    },
    /** A waiting job ends at once, a running one at its next safe moment. Throws `not_found`, `conflict`. */
    cancel(id: number): Job {
      const job = get(id);
      if (runner.cancel(id)) return job;
      if (job.status !== 'pending') throw new AppError('conflict', `Job ${id} has ended already.`);
      const cancelled = jobs.end(id, CANCELLED);
      changed([cancelled]);
      return cancelled;
    },
    /** Puts one job that failed or was skipped back among the waiting. Throws `not_found`, `conflict`. */
    retry(id: number): Job {
      const { status } = get(id);
      if (status !== 'error' && status !== 'skipped') {
        throw new AppError('conflict', `Job ${id} is ${status}; only what failed or was skipped can be tried again.`);
      }
      const back = jobs.requeue(id);
      changed([back]);
      return back;
    },
    /** Puts every failed job back among the waiting; gives their number. */
    retryFailed: (): number => requeueAll('error'),
    /** Puts jobs back that stand as running though nobody works on them. */
    resetStuck: (): number => requeueAll('running'),
    moveToFront(id: number): Job {
      get(id);
      const moved = jobs.moveToFront(id);
      if (!moved) throw new AppError('conflict', `Job ${id} does not wait any more.`);
      changed([moved]);
      return moved;
    },
    /** Lets the job of a file wait at least until then, if it waits for a time anyway; false when there is none. */
    postpone(kind: JobKind, path: string, notBefore: number): boolean {
      const isPostponed = jobs.postpone(kind, path, notBefore);
      if (isPostponed && isStarted) runner.pump();
      return isPostponed;
    },
    /** Ends the jobs that wait for a file, or for those below a folder, at once; tells how many. */
    cancelInside(kind: JobKind, path: string): number {
      const cancelled = jobs.listWaitingInside(kind, path).map((id) => jobs.end(id, CANCELLED));
      if (cancelled.length > 0) changed(cancelled);
      return cancelled.length;
    },
    /** What waits for a file goes with it to its new path, which may be in another library. */
    fileMoved(from: string, to: FilePlace): void {
      const { ended } = jobs.moveFile('tag', from, to);
      if (ended) changed([ended]);
    },
    /** Throws `not_found`, and `conflict` while the job runs. */
    remove(id: number): void {
      if (get(id).status === 'running') throw new AppError('conflict', `Job ${id} is running. Cancel it first.`);
      removal.removeOne(id);
      changed([]);
    },
    /** Removes all jobs in these states; running ones always stay. */
    async clear(statuses: readonly Exclude<JobStatus, 'running'>[] = REMOVABLE): Promise<number> {
      const removed = await removal.removeIn(statuses);
      changed([]);
      return removed;
    },
    /** Cancels what runs of a kind and removes all others of it; tells how many those were. */
    async clearKind(kind: JobKind): Promise<number> {
      for (const id of jobs.listIds('running')) if (jobs.find(id)?.kind === kind) runner.cancel(id);
      const removed = await removal.removeKind(kind);
      changed([]);
      return removed;
    },
    /**
     * Ends what runs of a library that is about to go, and removes its jobs; their batches go on to account for them.
     */
    async leaveLibrary(libraryId: number): Promise<void> {
      await removal.removeLibrary(libraryId);
      await runner.cancelLibrary(libraryId);
      await removal.removeLibrary(libraryId);
      changed([]);
    },
    cleanUp,
    start(): void {
      isStarted = true;
      requeueAll('running');
      cleanUpDaily();
      disposables.push(
        events.on('settings.changed', ({ names }) => {
          if (names.includes('worker_enabled') || names.includes('workers')) changed([]);
        }),
        // A library may be there again.
        events.on('libraries.changed', runner.pump),
        events.on('health.changed', progress.statusChanged),
      );
      runner.open();
    },
    /**
     * Lets running jobs finish, as long as they need no longer than this; then interrupts them. They go on next time.
     */
    async stop(graceMs = 0): Promise<void> {
      isStarted = false;
      runner.close();
      for (const each of disposables) each();
      disposables = [];
      const alarm =
        graceMs > 0 ? new Promise<void>((resolve) => disposables.push(clock.after(graceMs, resolve))) : undefined;
      if (alarm) await Promise.race([runner.idle(), alarm]);
      await runner.interrupt();
      for (const each of disposables) each();
      progress.stop();
    },
  };
}
export type Queue = ReturnType<typeof createQueue>;
