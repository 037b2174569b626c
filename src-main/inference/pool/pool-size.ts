/** What the number of workers follows from. */
export interface Machine {
  /** The setting; 0 lets the machine decide. */
  readonly wanted: number;
  /** `os.availableParallelism()`. */
  readonly cores: number;
  readonly freeBytes: number;
  /** What one worker takes with its models loaded. */
  readonly footprintBytes: number;
  readonly isOnBattery: boolean;
}

/** Left to everything else that runs. */
const RESERVED_BYTES = 1024 ** 3;

/**
 * Workers to run, at least one. A setting counts for more than the cores, which may be counted wrongly inside a
 * container, but not for more than the memory.
 */
export function poolSize({ wanted, cores, freeBytes, footprintBytes, isOnBattery }: Machine): number {
  if (isOnBattery) return 1;
  const room = Math.floor((freeBytes - RESERVED_BYTES) / footprintBytes);
  return Math.max(1, Math.min(wanted > 0 ? wanted : cores - 1, room));
}
