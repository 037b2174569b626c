import type { QueueEvents } from './contract';

export type JobKind = QueueEvents['job.changed']['kind'];
export type JobStatus = QueueEvents['job.changed']['status'];
export type JobSource = 'window' | 'api' | 'cli' | 'lidarr' | 'scan';
export type JobOutcome = 'tagged' | 'analyzed' | 'unchanged' | 'scanned' | 'calibrated' | 'verified';

/**
 * Higher goes first. People wait for what they asked for; what Lidarr has just brought goes before scripts and scans.
 */
export const PRIORITY: Readonly<Record<JobSource, number>> = { window: 200, cli: 200, lidarr: 150, api: 100, scan: 0 };

/** One piece of work. */
export interface Job {
  readonly id: number;
  readonly kind: JobKind;
  /** A file's absolute path, or a library's root; for a kind that is about neither, its own word. */
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
  readonly outcome: JobOutcome | null;
  /** Milliseconds since 1970 before which it is not begun; null: at once. */
  readonly notBefore: number | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** How a job ended that did not fail. `skipped` is for what need not or must not be done, with the reason. */
export type JobEnd =
  | { readonly outcome: JobOutcome; readonly audioMs?: number | null; readonly trackId?: number | null }
  | {
      readonly outcome: 'skipped';
      /** `up_to_date`, `too_short` … */
      readonly reason: string;
      readonly message?: string;
      readonly audioMs?: number | null;
      readonly trackId?: number | null;
    };

/** Not now: the job waits again until then, and others go first. */
export interface JobDelay {
  readonly outcome: 'later';
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** Those of the job from now on. */
  readonly options: Readonly<Record<string, unknown>>;
}
export type JobResult = JobEnd | JobDelay;

export interface JobContext {
  /** Aborts when the job is cancelled, or when the application ends. */
  readonly signal: AbortSignal;
  /** Call as often as is convenient; what is told on is thinned out. */
  progress(fraction: number, phase: string): void;
}

/** Does the work of one kind of job. What it throws becomes the job's error: an `AppError` with its own words. */
export type JobRunner = (job: Job, context: JobContext) => Promise<JobResult>;
/** A kind without a runner waits. */
export type JobRunners = Readonly<Partial<Record<JobKind, JobRunner>>>;

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
  readonly kind: JobKind;
  /** For people: `12 files from Albums/Geogaddi`. */
  readonly title: string;
  readonly source: JobSource;
  readonly targets: readonly JobTarget[];
  /** Files that were looked at and need no job, by reason: `up_to_date`, `never_touch` … */
  readonly passed?: Readonly<Record<string, number>>;
  readonly force?: boolean;
  readonly writeTags?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970 before which none is begun. A file that waits already for no time is not held up. */
  readonly notBefore?: number;
  /** Joins the batch of an earlier request for the same, if that is not long ago, in place of beginning one. */
  readonly batch?: BatchKey;
}

/** What many requests are about together: an album whose files come one by one. */
export interface BatchKey {
  readonly by: string;
  /** Since the last that joined, in milliseconds. */
  readonly withinMs: number;
  /** Of the batch, once more than one request is in it. */
  readonly title: string;
}

export interface Enqueued {
  readonly batchId: number;
  /** In the order of the targets; a file that waited already has the number it had. */
  readonly jobIds: readonly number[];
  /** How many of them are new. */
  readonly added: number;
}
