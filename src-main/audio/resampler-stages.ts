/** One filter of a resampler. Output is aligned with input: its first sample stands for the same moment. */
export interface FilterStage {
  push(samples: Float32Array): Float32Array;
  /** What comes out when silence follows. */
  flush(): Float32Array;
}

/** Attenuation the filters are designed for, a little more than is promised. */
const STOP_BAND_DB = 94;
const KAISER_BETA = 0.1102 * (STOP_BAND_DB - 8.7);
/** More phases than this are rounded to the nearest: rates without a small ratio to 16 kHz are rare. */
const MAX_PHASES = 2048;

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

const I0_BETA = besselI0(KAISER_BETA);
/** Kaiser's window at `x`, −1…1; 0 outside. */
const kaiser = (x: number): number => (Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / I0_BETA);
const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Taps that Kaiser's formula asks for, for a transition of `widthHz`. */
const tapsFor = (rate: number, widthHz: number): number =>
  Math.ceil((STOP_BAND_DB - 8) / ((2.285 * 2 * Math.PI * widthHz) / rate)) + 1;

/**
 * Every second sample after a half-band filter that keeps what lies below `keepHz`. Every other tap but the middle one
 * is zero and the rest is symmetric, which leaves a quarter of the multiplications.
 */
export function createHalver(rate: number, keepHz: number): FilterStage {
  const pairs = Math.ceil(tapsFor(rate, rate / 2 - 2 * keepHz) / 4);
  const reach = 2 * pairs - 1;
  const taps = Float64Array.from(
    { length: pairs },
    (_, i) => 0.5 * sinc((2 * i + 1) / 2) * kaiser((2 * i + 1) / (reach + 1)),
  );
  const gain = 0.5 / taps.reduce((sum, tap) => sum + 2 * tap, 0);
  for (let i = 0; i < pairs; i++) taps[i] *= gain;
  let buffer = new Float32Array(reach);

  function push(samples: Float32Array): Float32Array {
    const input = joined(buffer, samples);
    const count = Math.max(0, Math.ceil((input.length - 2 * reach) / 2));
    const out = new Float32Array(count);
    for (let n = 0; n < count; n++) {
      const centre = reach + 2 * n;
      let sum = 0.5 * input[centre];
      for (let i = 0, far = 1; i < pairs; i++, far += 2) sum += taps[i] * (input[centre - far] + input[centre + far]);
      out[n] = sum;
    }
    buffer = input.slice(2 * count);
    return out;
  }
  return { push, flush: () => push(new Float32Array(reach)) };
}

/**
 * Any rate to any other: one windowed sinc, sampled at as many phases as the ratio of the rates has. The edges of its
 * bands are parts of the lower rate.
 */
export function createPolyphase(fromRate: number, toRate: number, edges: { pass: number; stop: number }): FilterStage {
  const lower = Math.min(fromRate, toRate);
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const up = toRate / divisor;
  const down = fromRate / divisor;
  const cutoff = ((edges.pass + edges.stop) / 2) * lower;
  const { taps, width, phases } = phaseTable({ fromRate, cutoff, transition: (edges.stop - edges.pass) * lower, up });
  const reach = width / 2;
  // Position of the next output, in input samples: whole + numerator / up.
  let whole = 0;
  let numerator = 0;
  let buffer = new Float32Array(reach - 1);

  function push(samples: Float32Array): Float32Array {
    const input = joined(buffer, samples);
    const last = input.length - width;
    const out = new Float32Array(last < whole ? 0 : Math.ceil(((last - whole + 1) * up - numerator) / down));
    let count = 0;
    for (; whole <= last; count++) {
      out[count] = dot(taps, Math.round((numerator * phases) / up) * width, input, whole, width);
      numerator += down;
      whole += Math.floor(numerator / up);
      numerator %= up;
    }
    buffer = input.slice(Math.min(whole, input.length));
    whole -= input.length - buffer.length;
    return count === out.length ? out : out.subarray(0, count);
  }
  return { push, flush: () => push(new Float32Array(reach)) };
}

interface FilterDesign {
  fromRate: number;
  cutoff: number;
  transition: number;
  up: number;
}

/** Taps of each phase one after the other, the phase after the last included for rounding; each sums to one. */
function phaseTable({ fromRate, cutoff, transition, up }: FilterDesign) {
  const width = 2 * Math.ceil(tapsFor(fromRate, transition) / 2);
  const phases = Math.min(up, MAX_PHASES);
  const taps = new Float64Array((phases + 1) * width);
  const bandwidth = (2 * cutoff) / fromRate;
  for (let phase = 0; phase <= phases; phase++) {
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const distance = k - (width / 2 - 1) - phase / phases;
      const tap = bandwidth * sinc(bandwidth * distance) * kaiser(distance / (width / 2));
      taps[phase * width + k] = tap;
      sum += tap;
    }
    for (let k = 0; k < width; k++) taps[phase * width + k] /= sum;
  }
  return { taps, width, phases };
}

/** Four sums at once keep the processor's adders busy; `width` is even. */
function dot(taps: Float64Array, tap: number, input: Float32Array, at: number, width: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const end = width - (width % 4);
  let k = 0;
  for (; k < end; k += 4) {
    a += taps[tap + k] * input[at + k];
    b += taps[tap + k + 1] * input[at + k + 1];
    c += taps[tap + k + 2] * input[at + k + 2];
    d += taps[tap + k + 3] * input[at + k + 3];
  }
  for (; k < width; k++) a += taps[tap + k] * input[at + k];
  return a + b + (c + d);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function joined(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
