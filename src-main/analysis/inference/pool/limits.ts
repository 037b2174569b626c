/** What a worker may take before something is done about it. */
export interface Limits {
  /** A worker above it is replaced after its file; at twice as much it is killed at once. */
  readonly memoryBytes: number;
  readonly filesPerWorker: number;
  /** No file may take longer than this, or four times what it is expected to take if that is more. */
  readonly deadlineMs: number;
  /** A worker that says nothing for so long while it has a file hangs. */
  readonly stallMs: number;
  /** A cancelled file that does not end within this ends with its worker. */
  readonly cancelMs: number;
  /** For a worker to start and load its models. */
  readonly startMs: number;
  readonly shutdownMs: number;
  /** A worker without work is let go, for its memory. */
  readonly idleMs: number;
  /** How often a worker with a file is looked after. */
  readonly watchMs: number;
  /** So many crashes within the window pause the pool. */
  readonly crashes: number;
  readonly crashWindowMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  memoryBytes: 2 * 1024 ** 3,
  filesPerWorker: 500,
  deadlineMs: 60_000,
  stallMs: 120_000,
  cancelMs: 2_000,
  startMs: 60_000,
  shutdownMs: 5_000,
  idleMs: 300_000,
  watchMs: 1_000,
  crashes: 5,
  crashWindowMs: 600_000,
};

/** The longest that a timer can wait: some 25 days. */
const NEVER_MS = 2 ** 31 - 1;

/** What the settings say of workers; asked again whenever it matters, so that a change holds at once. */
export function workerLimits(settings: {
  readonly worker_memory_mb: number;
  readonly cache_auto_evict: boolean;
  readonly cache_idle_timeout: number;
}): Partial<Limits> {
  return {
    memoryBytes: settings.worker_memory_mb * 1024 ** 2,
    idleMs: settings.cache_auto_evict ? settings.cache_idle_timeout * 1000 : NEVER_MS,
  };
}
