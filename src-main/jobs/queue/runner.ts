import type { AlarmClock } from '../../platform/clock';
import { AppError, toFailure } from '../../rpc';
import type { Job, JobDelay, JobEnd, JobKind, JobRunner, JobRunners } from './job';
import type { Ending, JobRepository } from './job-repository';

/** A worker that dies over the same file for the third time will not survive a fourth. */
const CRASHES_FORGIVEN = 2;

export interface RunnerDeps {
  readonly jobs: JobRepository;
  readonly runners: JobRunners;
  readonly clock: AlarmClock;
  /** Libraries whose jobs wait, because their folder is not there now. */
  readonly offlineLibraries: () => readonly number[];
  /** How many jobs of a kind may run at once. */
  readonly limit: (kind: JobKind) => number;
  readonly onProgress: (job: Job, fraction: number, phase: string) => void;
  /** A job was claimed, ended or went back among the waiting. */
  readonly onChange: (job: Job) => void;
  /** The disk is full: what comes next would meet the same, so it had better wait. */
  readonly onDiskFull: (message: string) => void;
  /** The database could not take down what happened; a job may stand as running there though nobody works on it. */
  readonly onStorageError: (thrown: unknown) => void;
  /** Gets what is not an `AppError`, whose stack belongs into the log. */
  readonly report: (thrown: unknown) => void;
}

interface Running {
  readonly job: Job;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** Takes jobs as long as there is room and runs them; knows nothing of pausing, times and statistics. */
export function createRunner(deps: RunnerDeps) {
  const { jobs, runners, onChange } = deps;
  const running = new Map<number, Running>();
  let isOpen = false;
  let stopWaiting = () => {};

  function countOf(kind: JobKind): number {
    return [...running.values()].filter(({ job }) => job.kind === kind).length;
  }

  /** Fills every free place. Called after whatever may have freed one or brought work. */
  function pump(): void {
    try {
      fill();
      waitForNext();
    } catch (thrown) {
      deps.onStorageError(thrown);
    }
  }

  function fill(): void {
    for (const [kind, run] of Object.entries(runners) as [JobKind, JobRunner][]) {
      while (isOpen && countOf(kind) < deps.limit(kind)) {
        const job = jobs.claim(kind, deps.offlineLibraries());
        if (!job) break;
        start(job, run);
      }
    }
  }

  /** The clock wakes us when a job is due that waits for a time. */
  function waitForNext(): void {
    stopWaiting();
    const due = isOpen ? jobs.nextWaking() : null;
    stopWaiting = due === null ? () => {} : deps.clock.after(Math.min(due - deps.clock.now(), LONGEST_ALARM_MS), pump);
  }

  function start(job: Job, run: JobRunner): void {
    const controller = new AbortController();
    const context = {
      signal: controller.signal,
      progress: (fraction: number, phase: string) => deps.onProgress(job, fraction, phase),
    };
    const ended = Promise.resolve()
      .then(() => run(job, context))
      .then(
        (result) => (result.outcome === 'later' ? delay(job, controller.signal, result) : end(job, result)),
        (thrown) => settle(job, controller.signal, thrown),
      )
      .finally(() => running.delete(job.id))
      .then(onChange)
      .catch(deps.onStorageError)
      .finally(pump);
    running.set(job.id, { job, controller, ended });
    onChange(job);
  }

  const end = (job: Job, result: JobEnd): Job => jobs.end(job.id, endingOf(result));

  /** Whoever cancelled it does not want it later either. */
  function delay(job: Job, signal: AbortSignal, result: JobDelay): Job {
    const isCancelled = signal.aborted && signal.reason !== STOPPING;
    return isCancelled ? jobs.end(job.id, CANCELLED) : jobs.delay(job.id, result);
  }

  function settle(job: Job, signal: AbortSignal, thrown: unknown): Job {
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
    open(): void {
      isOpen = true;
      pump();
    },
    /** Starts nothing new; what runs goes on. */
    close(): void {
      isOpen = false;
      stopWaiting();
    },
    /** False when the job does not run. */
    cancel(id: number): boolean {
      running.get(id)?.controller.abort(new AppError('cancelled', CANCELLED.message));
      return running.has(id);
    },
    /** Resolves when what runs of a library has ended. */
    async cancelLibrary(libraryId: number): Promise<void> {
      const ofLibrary = [...running.values()].filter(({ job }) => job.libraryId === libraryId);
      for (const { job } of ofLibrary) this.cancel(job.id);
      await Promise.all(ofLibrary.map(({ ended }) => ended));
    },
    isRunning: (id: number): boolean => running.has(id),
    idle: (): Promise<void> => Promise.all([...running.values()].map(({ ended }) => ended)).then(() => {}),
    /** Interrupts what runs and puts it back among the waiting. */
    interrupt(): Promise<void> {
      for (const { controller } of running.values()) controller.abort(STOPPING);
      return this.idle();
    },
  };
}

/** Alarms reach no further than 24 days. */
const LONGEST_ALARM_MS = 86_400_000;
const STOPPING = new AppError('busy', 'Tonearm is closing; the job goes on at the next start.');
export const CANCELLED = { status: 'skipped', reasonCode: 'cancelled', message: 'Cancelled.' } as const;

function endingOf(result: JobEnd): Ending {
  if (result.outcome !== 'skipped') return { status: 'done', result };
  return { status: 'skipped', reasonCode: result.reason, message: result.message, result };
}
