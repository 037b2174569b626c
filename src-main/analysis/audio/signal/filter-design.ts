/** Taps for turning one sample rate into another. */
export interface PhaseTable {
  /** For each output the position in the input is `up` / `down` of a sample further than for the one before. */
  readonly up: number;
  readonly down: number;
  /** Taps of one phase; a multiple of four. */
  readonly width: number;
  /** Taps of each phase one after the other; each phase sums to one. Tap `width / 2 − 1` meets the sample before. */
  readonly taps: Float64Array;
  /** Where in `taps` those of one output after the other begin; `up` of them, then from the first on again. */
  readonly rows: Uint32Array;
}

/**
 * Edges of the pass and the stop band as parts of the lower rate. The −6 dB point, 0.485, and the width are those of
 * FFmpeg's resampler: the highest bands weigh enough in the models that a steeper filter moves head outputs by 0.1.
 */
const PASS_BAND = 0.4;
const STOP_BAND = 0.57;
/** Attenuation the filters are designed for, a little more than is promised. */
const STOP_BAND_DB = 94;
const KAISER_BETA = 0.1102 * (STOP_BAND_DB - 8.7);
/** Rates of this and above go up in octaves. */
const LOWEST_STUDIO_RATE = 44_100;
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

/** A library has two or three sample rates; their tables take a few milliseconds each. Larger ones are not kept. */
const KEPT_TABLES = 4;
const LARGEST_KEPT = 2 ** 16;
const kept = new Map<string, PhaseTable>();

/**
 * One windowed sinc, sampled at as many phases as the ratio of the rates has.
 *
 * @see Crochiere & Rabiner, Multirate Digital Signal Processing, 1983, ch. 4; Kaiser's window as in Oppenheim &
 * Schafer, Discrete-Time Signal Processing, §7.5.3
 */
export function phaseTable(fromRate: number, toRate: number): PhaseTable {
  const key = `${fromRate} ${toRate}`;
  const known = kept.get(key);
  if (known) return known;
  const table = designPhases(fromRate, toRate);
  if (kept.size === KEPT_TABLES) kept.clear();
  if (table.taps.length <= LARGEST_KEPT) kept.set(key, table);
  return table;
}

function designPhases(fromRate: number, toRate: number): PhaseTable {
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const [up, down] = [toRate / divisor, fromRate / divisor];
  const lower = Math.min(fromRate, toRate);
  const octaves = octaveFactor(fromRate);
  const width = octaves * 4 * Math.ceil(tapsFor(fromRate / octaves, (STOP_BAND - PASS_BAND) * lower) / 4);
  const bandwidth = ((PASS_BAND + STOP_BAND) * lower) / fromRate;
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
  return { up, down, width, taps, rows };
}

/**
 * The filter is as long in time for 44.1 as for 88.2 and 176.4 kHz, to the last tap, so that the same recording gives
 * the same samples whichever of them it comes in.
 */
function octaveFactor(rate: number): number {
  return rate < LOWEST_STUDIO_RATE ? 1 : 2 * octaveFactor(rate / 2);
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

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
