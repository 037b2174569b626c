import type { AlarmClock } from '../../platform/clock';
import { AppError, toFailure } from '../../rpc';
import type { Job, JobDelay, JobEnd, JobKind, JobResult } from './job';
import type { PendingJobs } from './store';
import { CANCELLED, type Ending, type JobRepository, type RunScope } from './store';

/** A worker that dies over the same file for the third time will not survive a fourth. */
const CRASHES_FORGIVEN = 2;

export interface RunnerDeps {
  readonly jobs: JobRepository;
  readonly pending: Pick<PendingJobs, 'nextNotBefore'>;
  /** In the order in which they begin jobs. */
  readonly kinds: readonly JobKind[];
  readonly clock: AlarmClock;
  /** Libraries whose jobs stay pending, because their folder is not there now. */
  readonly offlineLibraries: () => readonly number[];
  /** How many jobs of a kind may run at once. */
  readonly limit: (kind: JobKind) => number;
  readonly onProgress: (job: Job, fraction: number, phase: string) => void;
  /** A job runs, has ended or is pending again. */
  readonly onChange: (job: Job) => void;
  /** The disk is full: what comes next would fail in the same way. */
  readonly onDiskFull: (message: string) => void;
  /** The database could not store what happened; a job may be stored as running though nobody works on it. */
  readonly onStorageError: (thrown: unknown) => void;
  /** For the log: what is not an `AppError`. */
  readonly report: (thrown: unknown) => void;
}

interface Running {
  readonly job: Job;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** Claims jobs while there is room and runs them; knows nothing of pausing, estimates and statistics. */
export function createRunner(deps: RunnerDeps) {
  const { jobs, pending, kinds, onChange } = deps;
  const running = new Map<number, Running>();
  let isOpen = false;
  let scope: RunScope | undefined;
  let cancelAlarm = () => {};

  function countOf({ kind }: JobKind): number {
    return [...running.values()].filter(({ job }) => job.kind === kind).length;
  }

  /** Begins as many jobs as may run. Called after whatever may have made room or brought work. */
  function pump(): void {
    try {
      fill();
      setAlarm();
    } catch (thrown) {
      deps.onStorageError(thrown);
    }
  }

  function fill(): void {
    for (const kind of kinds) {
      while (isOpen && countOf(kind) < deps.limit(kind)) {
        const job = jobs.claim(kind.kind, deps.offlineLibraries(), scope);
        if (!job) break;
        start(job, kind);
      }
    }
  }

  /** For the next job that may not begin yet. */
  function setAlarm(): void {
    cancelAlarm();
    const due = isOpen ? pending.nextNotBefore() : null;
    cancelAlarm = due === null ? () => {} : deps.clock.after(Math.min(due - deps.clock.now(), MAX_ALARM_MS), pump);
  }

  function start(job: Job, { run }: JobKind): void {
    const controller = new AbortController();
    const context = {
      signal: controller.signal,
      progress: (fraction: number, phase: string) => deps.onProgress(job, fraction, phase),
    };
    const ended = Promise.resolve()
      .then(() => run(job, context))
      .then(
        (result) => (isDelay(result) ? delay(job, controller.signal, result) : end(job, result)),
        (thrown) => endFailed(job, controller.signal, thrown),
      )
      .finally(() => running.delete(job.id))
      .then(onChange)
      .catch(deps.onStorageError)
      .finally(pump);
    running.set(job.id, { job, controller, ended });
    onChange(job);
  }

  const end = (job: Job, result: JobEnd): Job => jobs.end(job.id, endingOf(result));

  /** A job that was cancelled meanwhile does not become pending again. */
  function delay(job: Job, signal: AbortSignal, result: JobDelay): Job {
    const isCancelled = signal.aborted && signal.reason !== STOPPING;
    return isCancelled ? jobs.end(job.id, CANCELLED) : jobs.delay(job.id, result);
  }

  function endFailed(job: Job, signal: AbortSignal, thrown: unknown): Job {
    if (signal.aborted) return signal.reason === STOPPING ? jobs.requeue(job.id) : jobs.end(job.id, CANCELLED);
    const { code, message } = toFailure(thrown);
    if (!(thrown instanceof AppError)) deps.report(thrown);
    if (code === 'disk_full') {
      deps.onDiskFull(message);
      return jobs.requeue(job.id);
    }
    if (code === 'library_offline') return jobs.requeue(job.id);
    if (code === 'worker_crashed' && job.crashes < CRASHES_FORGIVEN) return jobs.requeue(job.id, 1);
    return jobs.end(job.id, { status: 'error', reasonCode: code, message });
  }

  return {
    pump,
    /** Begins jobs from now on; with a scope, only those. */
    open(only?: RunScope): void {
      scope = only;
      isOpen = true;
      pump();
    },
    /** Begins no more jobs; those that run go on. */
    close(): void {
      isOpen = false;
      cancelAlarm();
    },
    /** False when the job does not run. */
    cancel(id: number): boolean {
      running.get(id)?.controller.abort(new AppError('cancelled', CANCELLED.message));
      return running.has(id);
    },
    /** Cancels what runs of a library; resolves when that has ended. */
    async cancelLibrary(libraryId: number): Promise<void> {
      const ofLibrary = [...running.values()].filter(({ job }) => job.libraryId === libraryId);
      for (const { job } of ofLibrary) this.cancel(job.id);
      await Promise.all(ofLibrary.map(({ ended }) => ended));
    },
    isRunning: (id: number): boolean => running.has(id),
    idle: (): Promise<void> => Promise.all([...running.values()].map(({ ended }) => ended)).then(() => {}),
    /** Interrupts what runs, which is pending again. */
    interrupt(): Promise<void> {
      for (const { controller } of running.values()) controller.abort(STOPPING);
      return this.idle();
    },
  };
}

export type Runner = ReturnType<typeof createRunner>;

/** Timers reach no further than 24 days. */
const MAX_ALARM_MS = 86_400_000;
const STOPPING = new AppError('busy', 'Tonearm is closing; the job goes on at the next start.');

const isDelay = (result: JobResult): result is JobDelay => 'notBefore' in result;

function endingOf(result: JobEnd): Ending {
  if (result.reason === undefined) return { status: 'done', result };
  return { status: 'skipped', reasonCode: result.reason, message: result.message, result };
}
