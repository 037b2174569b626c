import { createRealFft } from '../fft';

/**
 * Power spectra of frames under a Hann window, scaled so that a sine of amplitude 1 has a peak of 1.
 *
 * @param size samples in a frame, a power of two
 * @returns a function from `source` and an offset in it to size / 2 + 1 powers; the array is used again by each call
 */
export function createPowerSpectrum(size: number): (source: Float32Array, offset: number) => Float64Array {
  const fft = createRealFft(size);
  const window = Float64Array.from({ length: size }, (_, i) => {
    return (2 / size) * (1 - Math.cos((2 * Math.PI * (i + 0.5)) / size));
  });
  const frame = new Float64Array(size);
  const powers = new Float64Array(size / 2 + 1);
  return (source, offset) => {
    for (let i = 0; i < size; i++) frame[i] = source[offset + i] * window[i];
    fft.powerSpectrum(frame, powers);
    return powers;
  };
}

/**
 * Cuts a stream into frames of `size` samples every `hop`, whatever the length of the blocks it comes in.
 *
 * @param onFrame is given an array and where in it the frame begins; valid during the call only
 */
export function createFramer(size: number, hop: number, onFrame: (source: Float32Array, offset: number) => void) {
  const buffer = new Float32Array(Math.max(size * 2, 16_384));
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
