/**
 * Cuts a stream into frames of `size` samples every `hop`, whatever the length of the blocks it comes in.
 *
 * @param onFrame is given an array and where in it the frame begins; valid during the call only
 * @param buffer to gather samples in, longer than a frame; the array that `onFrame` is given
 */
export function createFramer(
  size: number,
  hop: number,
  onFrame: (source: Float32Array, offset: number) => void,
  buffer: Float32Array = new Float32Array(Math.max(size * 2, 16_384)),
) {
  let filled = 0;
  return (samples: Float32Array): void => {
    for (let from = 0; from < samples.length; ) {
      const count = Math.min(samples.length - from, buffer.length - filled);
      buffer.set(samples.subarray(from, from + count), filled);
      filled += count;
      from += count;
      let start = 0;
      for (; start + size <= filled; start += hop) onFrame(buffer, start);
      buffer.copyWithin(0, start, filled);
      filled -= start;
    }
  };
}
