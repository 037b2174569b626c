import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { ModelSet } from '../session';

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

/** A worker before it has loaded anything, with a file in its hands. */
const BARE_BYTES = 180 * 1024 ** 2;
/** What a model takes for each byte of its file: measured at MusiCNN, with ten sessions and their working memory. */
const PER_MODEL_BYTE = 20;

/** `poolSize` for this machine and these models, as things are now. */
export function poolSizeHere(wanted: number, models: ModelSet, isOnBattery = false): number {
  const sizes = models.backbones.flatMap(({ file, heads }) => [file, ...heads.map((head) => head.file)]);
  const modelBytes = sizes.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  return poolSize({
    wanted,
    cores: availableParallelism(),
    freeBytes: process.availableMemory(),
    footprintBytes: BARE_BYTES + PER_MODEL_BYTE * modelBytes,
    isOnBattery,
  });
}
