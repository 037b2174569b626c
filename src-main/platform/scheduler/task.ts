type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/**
 * When a task runs: at an interval that counts from the start of the last run, or at a time of day, `03:30`, on some or
 * all days. The time is that of the machine's time zone; where the clocks are put forward over it, it is the first
 * moment after, and where they are put back over it, the first of the two.
 */
export type Schedule =
  | { readonly everyMs: number }
  | { readonly at: `${number}:${number}`; readonly days?: readonly Weekday[] };

/** Something that the application does by itself, again and again. */
export interface ScheduledTask {
  /** Unique; what its last run is stored under: `queue.clean-up`. */
  readonly name: string;
  /** For people: what it does. */
  readonly label: string;
  readonly schedule: Schedule;
  /**
   * What becomes of a run that was missed because the application did not run, or because the run before it took too
   * long: it is made up for once, or skipped. A task at an interval whose runs may be missed begins with its first run
   * after each start.
   */
  readonly missed: 'run' | 'skip';
  /** How long after a start it runs at the earliest, in milliseconds; else at once. */
  readonly delayMs?: number;
  /** Each run is later than scheduled by a random time of at most this, in milliseconds. */
  readonly jitterMs?: number;
  /** After a run that failed the next follows in this time, in milliseconds; else as scheduled. */
  readonly retryMs?: number;
  /** Does the work. What it throws is reported and is the outcome of the run. The signal aborts when the application closes. */
  readonly run: (signal: AbortSignal) => unknown;
}

/** How a run of a task ended. */
export interface LastRun {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** `interrupted` when the application ended before it; that run counts as missed. */
  readonly outcome: 'running' | 'done' | 'failed' | 'interrupted';
  /** For people; null unless it failed. */
  readonly message: string | null;
}

/** How a task stands. */
export interface TaskState {
  readonly name: string;
  readonly label: string;
  /** Null before the first; of a task whose runs may be missed, since the start of the application. */
  readonly lastRun: LastRun | null;
  /** Milliseconds since 1970; null while the scheduler is stopped. */
  readonly nextRunAt: number | null;
}
