import { createRealFft } from '../signal';

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
