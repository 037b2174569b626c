/** Cuts a stream of mel frames into patches. */
export interface PatchCutter {
  /** Takes frames × bands and gives the patches they complete, each frames × bands row by row and the caller's own. */
  push(mel: Float32Array): Float32Array[];
  /**
   * The rest is dropped when a patch was cut. When none was, the frames there are repeat until a patch is full, and
   * `looped` says so. Undefined when nothing is left to give.
   */
  finish(): { patch: Float32Array; looped: true } | undefined;
}

/** @param shape frames of one patch, bands of one frame, and frames from the start of one patch to the next */
export function createPatchCutter(shape: { frames: number; bands: number; hop: number }): PatchCutter {
  const patchLength = shape.frames * shape.bands;
  const hopLength = shape.hop * shape.bands;
  let pending = new Float32Array(0);
  /** Values still to pass over, when the hop is longer than the patch. */
  let toSkip = 0;
  let isAnyCut = false;

  return {
    push(mel) {
      const skipped = Math.min(toSkip, mel.length);
      toSkip -= skipped;
      const buffer = new Float32Array(pending.length + mel.length - skipped);
      buffer.set(pending);
      buffer.set(mel.subarray(skipped), pending.length);
      const patches: Float32Array[] = [];
      let at = 0;
      for (; at + patchLength <= buffer.length; at += hopLength) patches.push(buffer.slice(at, at + patchLength));
      isAnyCut ||= patches.length > 0;
      toSkip += Math.max(0, at - buffer.length);
      pending = buffer.slice(Math.min(at, buffer.length));
      return patches;
    },
    finish() {
      if (isAnyCut || pending.length === 0) return undefined;
      const patch = new Float32Array(patchLength);
      for (let at = 0; at < patchLength; at += pending.length) {
        patch.set(pending.subarray(0, Math.min(pending.length, patchLength - at)), at);
      }
      return { patch, looped: true };
    },
  };
}
