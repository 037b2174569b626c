/** Cuts a stream of mel frames into patches. */
export interface PatchCutter {
  /**
   * Takes frames × bands and gives, one after the other, the patches they complete, each frames × bands row by row. A
   * patch is valid until the next is asked for, and all have to be.
   */
  push(mel: Float32Array): Iterable<Float32Array>;
  /**
   * The rest is dropped when a patch was cut. When none was, the frames there are repeat until a patch is full, and
   * `looped` says so. Undefined when nothing is left to give.
   */
  finish(): { patch: Float32Array; looped: true } | undefined;
}

/** @param shape frames of one patch, bands of one frame, and frames from the start of one patch to the next */
export function createPatchCutter(shape: { frames: number; bands: number; hop: number }): PatchCutter {
  const hopLength = shape.hop * shape.bands;
  const patch = new Float32Array(shape.frames * shape.bands);
  let filled = 0;
  /** Values still to pass over, when the hop is longer than the patch. */
  let toSkip = 0;
  let isAnyCut = false;

  return {
    *push(mel) {
      for (let from = 0; from < mel.length; ) {
        const skipped = Math.min(toSkip, mel.length - from);
        toSkip -= skipped;
        from += skipped;
        const taken = mel.subarray(from, from + patch.length - filled);
        patch.set(taken, filled);
        filled += taken.length;
        from += taken.length;
        if (filled < patch.length) return;
        yield patch;
        isAnyCut = true;
        patch.copyWithin(0, hopLength);
        filled = Math.max(0, patch.length - hopLength);
        toSkip = Math.max(0, hopLength - patch.length);
      }
    },
    finish() {
      if (isAnyCut || filled === 0) return undefined;
      for (let at = filled; at < patch.length; at += filled) patch.copyWithin(at, 0, filled);
      return { patch, looped: true };
    },
  };
}
