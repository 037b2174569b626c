/** Keeps an even choice of a stream of patches whose length is not known beforehand. */
export interface PatchSpreader {
  /** Copies what it keeps. */
  push(patch: Float32Array): void;
  /** At most `max` patches in their order, the first and the last kept among them. */
  finish(): Float32Array[];
}

/**
 * Keeps every 2^k-th patch, doubling the stride whenever more than twice `max` are held, and chooses `max` of them at
 * the end. Memory is bounded by 2·max + 1 patches however long the stream.
 */
export function createPatchSpreader(max: number): PatchSpreader {
  let kept: Float32Array[] = [];
  let stride = 1;
  let seen = 0;
  return {
    push(patch) {
      if (seen++ % stride !== 0) return;
      kept.push(patch.slice());
      if (kept.length <= 2 * max) return;
      kept = kept.filter((_, i) => i % 2 === 0);
      stride *= 2;
    },
    finish() {
      if (kept.length <= max) return kept;
      const step = max > 1 ? (kept.length - 1) / (max - 1) : 0;
      return Array.from({ length: max }, (_, i) => kept[Math.round(i * step)]);
    },
  };
}
