/**
 * Power spectra of real frames under a Hann window, scaled so that a sine of amplitude 1 has a peak of 1. The frame is
 * taken as half as many complex numbers (even samples real, odd imaginary), transformed by radix 2 and taken apart.
 *
 * @param size samples in a frame, a power of two
 * @returns a function from `source` and an offset in it to size / 2 + 1 powers; the array is used again by each call
 */
export function createPowerSpectrum(size: number): (source: Float32Array, offset: number) => Float64Array {
  const half = size / 2;
  const window = Float64Array.from({ length: size }, (_, i) => (1 - Math.cos((2 * Math.PI * (i + 0.5)) / size)) / half);
  const cos = Float64Array.from({ length: half }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const sin = Float64Array.from({ length: half }, (_, i) => -Math.sin((2 * Math.PI * i) / size));
  const reversed = bitReversal(half);
  const re = new Float64Array(half);
  const im = new Float64Array(half);
  const powers = new Float64Array(half + 1);
  return (source, offset) => {
    for (let i = 0; i < half; i++) {
      const at = reversed[i];
      re[at] = source[offset + 2 * i] * window[2 * i];
      im[at] = source[offset + 2 * i + 1] * window[2 * i + 1];
    }
    transform(re, im, cos, sin);
    powers[0] = (re[0] + im[0]) ** 2;
    powers[half] = (re[0] - im[0]) ** 2;
    for (let k = 1; k < half; k++) {
      const m = half - k;
      const evenRe = (re[k] + re[m]) / 2;
      const evenIm = (im[k] - im[m]) / 2;
      const oddRe = (im[k] + im[m]) / 2;
      const oddIm = (re[m] - re[k]) / 2;
      const x = evenRe + cos[k] * oddRe - sin[k] * oddIm;
      const y = evenIm + cos[k] * oddIm + sin[k] * oddRe;
      powers[k] = x * x + y * y;
    }
    return powers;
  };
}

/** In place; `cos` and `sin` hold the twiddle factors of twice the length. */
function transform(re: Float64Array, im: Float64Array, cos: Float64Array, sin: Float64Array): void {
  const length = re.length;
  for (let span = 1; span < length; span *= 2) {
    const step = length / span;
    for (let start = 0; start < length; start += 2 * span) {
      for (let k = 0; k < span; k++) {
        const a = start + k;
        const b = a + span;
        const wr = cos[k * step];
        const wi = sin[k * step];
        const xr = re[b] * wr - im[b] * wi;
        const xi = re[b] * wi + im[b] * wr;
        re[b] = re[a] - xr;
        im[b] = im[a] - xi;
        re[a] += xr;
        im[a] += xi;
      }
    }
  }
}

function bitReversal(length: number): Uint32Array {
  const reversed = new Uint32Array(length);
  for (let i = 1; i < length; i++) reversed[i] = (reversed[i >> 1] >> 1) | (i & 1 ? length >> 1 : 0);
  return reversed;
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
