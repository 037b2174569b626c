/** At most so many samples may be pushed into a stage at once: its buffers then stay within the processor's cache. */
export const CHUNK = 4096;

/**
 * One filter of a resampler. Output is aligned with input: its first sample stands for the same moment. What comes out
 * is valid until the next call. Double precision throughout, because converting each sample once is cheaper than once
 * for each tap.
 */
export interface FilterStage {
  push(samples: Float32Array | Float64Array): Float64Array;
  /** What comes out when silence follows. */
  flush(): Float64Array;
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

/** Outputs that the half-band filter computes together; the last may lie beyond what is asked for. */
const AT_ONCE = 4;

/**
 * Every second sample after a half-band filter that keeps what lies below `keepHz`. Every other tap but the middle one
 * is zero and the rest is symmetric, which leaves a quarter of the multiplications: even samples meet the middle tap
 * only, odd ones all the others.
 */
export function createHalver(rate: number, keepHz: number): FilterStage {
  const taps = halfBandTaps(Math.ceil(tapsFor(rate, rate / 2 - 2 * keepHz) / 4));
  const pairs = taps.length;
  const even = new Float64Array(CHUNK / 2 + pairs + AT_ONCE);
  const odd = new Float64Array(CHUNK / 2 + 2 * pairs + AT_ONCE);
  const out = new Float64Array(even.length);
  let evens = 0;
  let odds = pairs;

  function push(samples: Float32Array | Float64Array): Float64Array {
    const firstOdd = evens + pairs > odds ? 0 : 1;
    for (let i = firstOdd; i < samples.length; i += 2) odd[odds++] = samples[i];
    for (let i = 1 - firstOdd; i < samples.length; i += 2) even[evens++] = samples[i];
    const count = Math.max(0, Math.min(evens, odds - 2 * pairs + 1));
    halve(even, odd, { taps, out, count });
    even.copyWithin(0, count, evens);
    odd.copyWithin(0, count, odds);
    evens -= count;
    odds -= count;
    return out.subarray(0, count);
  }
  return { push, flush: () => push(new Float64Array(2 * pairs - 1)) };
}

/** Taps at the distances 1, 3, 5 … from the middle. */
function halfBandTaps(pairs: number): Float64Array {
  const taps = Float64Array.from(
    { length: pairs },
    (_, i) => 0.5 * sinc((2 * i + 1) / 2) * kaiser((2 * i + 1) / (2 * pairs)),
  );
  const gain = 0.5 / taps.reduce((sum, tap) => sum + 2 * tap, 0);
  return taps.map((tap) => tap * gain);
}

/** Several outputs at once, so that each tap is fetched once for them and each sample handed on from one to the next. */
function halve(even: Float64Array, odd: Float64Array, to: { taps: Float64Array; out: Float64Array; count: number }) {
  const { taps, out, count } = to;
  const pairs = taps.length;
  // What lies beyond `count` is computed from leftovers and not given out.
  for (let n = 0; n < count; n += AT_ONCE) {
    const middle = n + pairs;
    let [a, b, c, d] = [0.5 * even[n], 0.5 * even[n + 1], 0.5 * even[n + 2], 0.5 * even[n + 3]];
    let [left1, left2, left3] = [odd[middle], odd[middle + 1], odd[middle + 2]];
    let [right0, right1, right2] = [left1, left2, left3];
    for (let i = 0, left = middle - 1, right = middle + 3; i < pairs; i++, left--, right++) {
      const tap = taps[i];
      const left0 = odd[left];
      const right3 = odd[right];
      a += tap * (left0 + right0);
      b += tap * (left1 + right1);
      c += tap * (left2 + right2);
      d += tap * (left3 + right3);
      left3 = left2;
      left2 = left1;
      left1 = left0;
      right0 = right1;
      right1 = right2;
      right2 = right3;
    }
    out[n] = a;
    out[n + 1] = b;
    out[n + 2] = c;
    out[n + 3] = d;
  }
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
  const design = { fromRate, cutoff, transition: (edges.stop - edges.pass) * lower, up, down };
  const { taps, width, rows } = keptPhaseTable(design);
  const reach = width / 2;
  const step = Math.floor(down / up);
  const buffer = new Float64Array(CHUNK + 2 * width);
  const out = new Float64Array(Math.ceil((buffer.length * up) / down) + 1);
  // Position of the next output, in input samples: whole + numerator / up.
  let whole = 0;
  let numerator = 0;
  let turn = 0;
  let filled = reach - 1;

  function push(samples: Float32Array | Float64Array): Float64Array {
    buffer.set(samples, filled);
    filled += samples.length;
    let count = 0;
    for (; whole + width <= filled; count++) {
      out[count] = dot(taps, rows[turn], buffer, whole, width);
      if (++turn === up) turn = 0;
      numerator += down - step * up;
      whole += step;
      if (numerator < up) continue;
      numerator -= up;
      whole++;
    }
    const done = Math.min(whole, filled);
    buffer.copyWithin(0, done, filled);
    filled -= done;
    whole -= done;
    return out.subarray(0, count);
  }
  return { push, flush: () => push(new Float64Array(reach)) };
}

interface FilterDesign {
  fromRate: number;
  cutoff: number;
  transition: number;
  up: number;
  down: number;
}

interface PhaseTable {
  /** Taps of each phase one after the other; each phase sums to one. */
  readonly taps: Float64Array;
  /** Taps of one phase; a multiple of four. */
  readonly width: number;
  /** Where the taps of one output after the other begin; `up` of them, then from the first on again. */
  readonly rows: Uint32Array;
}

/** A library has two or three sample rates; their tables take a few milliseconds each. Larger ones are not kept. */
const KEPT_TABLES = 4;
const LARGEST_KEPT = 2 ** 16;
const kept = new Map<string, PhaseTable>();

function keptPhaseTable(design: FilterDesign): PhaseTable {
  const key = Object.values(design).join(' ');
  const known = kept.get(key);
  if (known) return known;
  const table = phaseTable(design);
  if (kept.size === KEPT_TABLES) kept.clear();
  if (table.taps.length <= LARGEST_KEPT) kept.set(key, table);
  return table;
}

function phaseTable({ fromRate, cutoff, transition, up, down }: FilterDesign): PhaseTable {
  const width = 4 * Math.ceil(tapsFor(fromRate, transition) / 4);
  const bandwidth = (2 * cutoff) / fromRate;
  const phases = Math.min(up, MAX_PHASES);
  const fractionOf = (turn: number): number => ((turn * down) % up) / up;
  // In the order in which outputs need them, where all fit: memory is then read straight on.
  const isExact = phases === up;
  const taps = new Float64Array((isExact ? up : phases + 1) * width);
  for (let row = 0; row < taps.length / width; row++) {
    fillPhase(taps.subarray(row * width, (row + 1) * width), isExact ? fractionOf(row) : row / phases, bandwidth);
  }
  const rows = Uint32Array.from({ length: up }, (_, turn) =>
    isExact ? turn * width : Math.round(fractionOf(turn) * phases) * width,
  );
  return { taps, width, rows };
}

function fillPhase(taps: Float64Array, fraction: number, bandwidth: number): void {
  const half = taps.length / 2;
  let sum = 0;
  for (let k = 0; k < taps.length; k++) {
    const distance = k - (half - 1) - fraction;
    taps[k] = bandwidth * sinc(bandwidth * distance) * kaiser(distance / half);
    sum += taps[k];
  }
  for (let k = 0; k < taps.length; k++) taps[k] /= sum;
}

/** Four sums at once keep the processor's adders busy. */
function dot(taps: Float64Array, tap: number, input: Float64Array, at: number, width: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let k = tap, i = at; k < tap + width; k += 4, i += 4) {
    a += taps[k] * input[i];
    b += taps[k + 1] * input[i + 1];
    c += taps[k + 2] * input[i + 2];
    d += taps[k + 3] * input[i + 3];
  }
  return a + b + (c + d);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
