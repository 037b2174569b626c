import type { Caller } from '../../../rpc';
import type { QueueEvents } from '../contract';

export type JobStatus = QueueEvents['job.changed']['status'];

/** Who asks for work. A domain that asks without being asked has a source of its own. */
export interface JobSource {
  /** Stored with the batch: `window`, `api` … */
  readonly name: string;
  /** Of its jobs among those of the same kind; higher goes first. Nobody waits for what has 0. */
  readonly priority: number;
}

/** The source of what a caller asks for. A person waits for the result; a script can wait longer. */
export const CALLER_SOURCE: Readonly<Record<Caller['transport'], JobSource>> = {
  window: { name: 'window', priority: 200 },
  cli: { name: 'cli', priority: 200 },
  http: { name: 'api', priority: 100 },
};

/** One piece of work. */
export interface Job {
  readonly id: number;
  /** The name of its `JobKind`. */
  readonly kind: string;
  /** A file's absolute path, or a library's root; for a kind that is about neither, a name of its own. */
  readonly path: string;
  readonly libraryId: number | null;
  readonly trackId: number | null;
  readonly batchId: number | null;
  readonly status: JobStatus;
  readonly priority: number;
  /** Even when the stored analysis is up to date. */
  readonly force: boolean;
  readonly writeTags: boolean;
  /** What only the kind understands. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly audioMs: number | null;
  readonly attempts: number;
  /** How often a worker died over it. */
  readonly crashes: number;
  readonly reasonCode: string | null;
  readonly errorMessage: string | null;
  /** How it ended, in a word of its kind. */
  readonly outcome: string | null;
  /** Milliseconds since 1970 before which it does not begin; null: at once. */
  readonly notBefore: number | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

interface JobFacts {
  readonly audioMs?: number | null;
  readonly trackId?: number | null;
}

/** The work was done; `outcome` is one of the kind's own words. */
interface JobDone extends JobFacts {
  readonly outcome: string;
  readonly reason?: undefined;
}

/** The work need not or must not be done. */
interface JobSkipped extends JobFacts {
  readonly outcome: 'skipped';
  /** `up_to_date`, `too_short` … */
  readonly reason: string;
  /** For people. */
  readonly message?: string;
}

/** How a job ended that did not fail. */
export type JobEnd = JobDone | JobSkipped;

/** Not now: the job is pending again and does not begin before that time. */
export interface JobDelay {
  readonly outcome: 'pending';
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** Those of the job from now on. */
  readonly options: Readonly<Record<string, unknown>>;
}
export type JobResult = JobEnd | JobDelay;

export interface JobContext {
  /** Aborts when the job is cancelled, or when the application ends. */
  readonly signal: AbortSignal;
  /**
   * Call as often as is convenient; listeners get only some of it.
   *
   * @param fraction 0…1
   * @param phase one of the kind's `progressWords`
   */
  progress(fraction: number, phase: string): void;
}

/** Does the work of one job. What it throws becomes the job's error: an `AppError` with its own words. */
export type JobRunner = (job: Job, context: JobContext) => Promise<JobResult>;

/** A file or folder to make a job of. */
export interface JobTarget {
  readonly path: string;
  readonly libraryId?: number | null;
  readonly trackId?: number | null;
  readonly audioMs?: number | null;
  /** Go over those of the request. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What one person, script or scan asks for at once. */
export interface JobRequest {
  readonly kind: string;
  /** For people: `12 files from Albums/Geogaddi`. */
  readonly title: string;
  readonly source: JobSource;
  readonly targets: readonly JobTarget[];
  /** Files that were considered and need no job, by reason: `up_to_date`, `never_touch` … */
  readonly passed?: Readonly<Record<string, number>>;
  readonly force?: boolean;
  readonly writeTags?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970 before which none begins. A file that is pending without such a time keeps none. */
  readonly notBefore?: number;
  /** Joins the batch of a recent request with the same key instead of beginning a new one. */
  readonly batch?: BatchKey;
}

/** What several requests have in common: an album whose files arrive one by one. */
export interface BatchKey {
  readonly by: string;
  /** Since the last request that joined, in milliseconds. */
  readonly withinMs: number;
  /** Of the batch, once more than one request is in it. */
  readonly title: string;
}

export interface Enqueued {
  readonly batchId: number;
  /** In the order of the targets; a file that was pending already has the number it had. */
  readonly jobIds: readonly number[];
  /** How many of them are new. */
  readonly added: number;
}
