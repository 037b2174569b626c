import type { LibrariesEvents } from '../../library/libraries/contract';
import { type AlarmClock, wallClock, within } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { HealthEvents } from '../../platform/health/contract';
import type { SettingsEvents, SettingsStore } from '../../platform/settings';
import { toFailure } from '../../rpc';
import type { QueueEvents, QueueSettings } from './contract';
import { createDiskFullPause } from './disk-full-pause';
import type { Enqueued, Job, JobRequest } from './job';
import { createJobKinds, type JobKind } from './job';
import { createJobCommands } from './job-commands';
import { createProgress } from './progress';
import { createRunner } from './runner';
import {
  createEnqueue,
  createJobRemoval,
  createJobRepository,
  createJobViews,
  createPendingJobs,
  createRunJobs,
  createSharedJobs,
  type RunScope,
} from './store';

const HOUR_MS = 3_600_000;
/** Of more jobs that change at once, listeners get only the sums. */
const MAX_EMITTED_JOBS = 100;

export interface QueueDeps {
  readonly db: Database;
  readonly events: EventBus<QueueEvents & SettingsEvents & HealthEvents & Pick<LibrariesEvents, 'libraries.changed'>>;
  readonly settings: SettingsStore<QueueSettings>;
  /** Every kind of job that there is. */
  readonly kinds: readonly JobKind[];
  /** Libraries whose jobs stay pending, because their folder is not there now. */
  readonly offlineLibraries?: () => readonly number[];
  readonly clock?: AlarmClock;
  /** Gets unexpected failures, for the log. */
  readonly report?: (thrown: unknown) => void;
}

/**
 * The queue: every job is a row, from before its request is answered until it is cleaned up. `start` it once everything
 * that its kinds need is there, and `stop` it before the database closes.
 */
export function createQueue(deps: QueueDeps) {
  const { db, events, settings, offlineLibraries = () => [], clock = wallClock, report = () => {} } = deps;
  const now = () => new Date(clock.now());
  const kinds = createJobKinds(deps.kinds);
  const shared = createSharedJobs(db, now);
  const jobs = createJobRepository(db, now, shared);
  const pending = createPendingJobs(db, now, shared);
  const views = createJobViews(db);
  const removal = createJobRemoval(db);
  const addJobs = createEnqueue(db, now, shared);
  const runJobs = createRunJobs(db, now, shared);
  const isPaused = () => !settings.current.worker_enabled;
  const diskFull = createDiskFullPause(clock, retryAfterDiskFull);
  const suspendedReason = () => diskFull.reason() ?? kinds.suspendedReason();
  const progress = createProgress({ views, kinds, events, clock, isPaused, suspendedReason });
  const runner = createRunner({
    ...{ jobs, pending, kinds: kinds.list, clock, offlineLibraries, limit, report },
    onProgress: progress.advanced,
    onChange: progress.jobChanged,
    onDiskFull: diskFull.begin,
    onStorageError: reportStorageError,
  });
  const commands = createJobCommands({ db, jobs, pending, removal, kinds, runner, changed });
  let isStarted = false;
  let disposables: (() => void)[] = [];

  function limit({ concurrency, suspension }: JobKind): number {
    const isStopped = isPaused() || diskFull.reason() !== null || (suspension?.reason() ?? null) !== null;
    return isStopped ? 0 : concurrency();
  }

  /** What could not be stored as ended begins anew, and the rest goes on. */
  function retryAfterDiskFull(): void {
    try {
      commands.resetStuck();
      changed([]);
    } catch (thrown) {
      reportStorageError(thrown);
    }
  }

  function reportStorageError(thrown: unknown): void {
    const { code, message } = toFailure(thrown);
    if (code === 'disk_full') diskFull.begin(message);
    report(thrown);
  }

  function changed(touched: readonly Job[]): void {
    progress.allowJump();
    if (touched.length <= MAX_EMITTED_JOBS) for (const job of touched) progress.emitJob(job);
    progress.statusChanged();
    if (isStarted) runner.pump();
  }

  return {
    ...commands,
    views,
    kinds,
    find: jobs.find,
    live: progress.live,
    status: progress.status,
    isPaused,
    /** Resolves once every job is durable. */
    async enqueue(request: JobRequest): Promise<Enqueued> {
      const enqueued = await addJobs(request);
      const { jobIds } = enqueued;
      changed(jobIds.length <= MAX_EMITTED_JOBS ? jobIds.flatMap((id) => jobs.find(id) ?? []) : []);
      return enqueued;
    },
    /** Running jobs finish and no others begin, also after a restart, until `resume`. */
    pause: () => void settings.update({ worker_enabled: false }),
    /** Also ends at once what keeps jobs from beginning: a full disk, the suspension of a kind. */
    resume(): void {
      diskFull.end();
      kinds.endSuspensions();
      settings.update({ worker_enabled: true });
    },
    /** Removes jobs that ended longer ago; returns their number. */
    async cleanUp(maxAgeHours: number): Promise<number> {
      const removed = await removal.removeEndedBefore(new Date(clock.now() - maxAgeHours * HOUR_MS));
      if (removed > 0) progress.statusChanged();
      return removed;
    },
    /**
     * Begins to work; with a scope on the jobs of one batch alone, and gives how many of them were pending for others.
     */
    start(scope?: RunScope): number {
      isStarted = true;
      commands.resetStuck();
      const joined = scope ? runJobs.join(scope, offlineLibraries()) : 0;
      disposables.push(
        events.on('settings.changed', ({ names }) => {
          if (names.includes('worker_enabled') || names.includes('workers')) changed([]);
        }),
        // A library may be online again.
        events.on('libraries.changed', runner.pump),
        events.on('health.changed', progress.statusChanged),
      );
      runner.open(scope);
      return joined;
    },
    /** Lets running jobs finish for as long as this, then interrupts them; they begin again at the next start. */
    async stop(graceMs = 0): Promise<void> {
      isStarted = false;
      runner.close();
      diskFull.stop();
      for (const dispose of disposables) dispose();
      disposables = [];
      if (graceMs > 0) await within(clock, graceMs, runner.idle());
      await runner.interrupt();
      progress.stop();
    },
  };
}
export type Queue = ReturnType<typeof createQueue>;
