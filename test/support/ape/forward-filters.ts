import {
  FILTERS,
  type FilterShape,
  fixedStep,
  stepByLoudness,
} from '../../../src-main/analysis/audio/codecs/ape/ape-filter';

/** Turns each value of a channel into what its predictors leave over. */
export type Forward = (value: number, neighbour: number) => number;

export interface ForwardOptions {
  version: number;
  level: number;
  /** Sums of predictions without wrapping, as an encoder of 24 bits once had them. */
  isWhole: boolean;
}

export function createForward({ version, level, isWhole }: ForwardOptions): Forward {
  const predict = createPredictor(isWhole);
  const filters = [...FILTERS[level]].reverse().map((shape) => createFilter(shape, version));
  return (value, neighbour) => filters.reduce((left, filter) => filter(left), predict(value, neighbour));
}

function createPredictor(isWhole: boolean): Forward {
  const weights = [360, 317, -109, 98, 0, 0, 0, 0, 0];
  const past = { value: 0, neighbour: 0 };
  let own = [0, 0, 0, 0];
  let other = [0, 0, 0, 0, 0];
  return (value, neighbour) => {
    const current = value - ((past.value * 31) >> 5);
    const beside = neighbour - ((past.neighbour * 31) >> 5);
    other = [beside, beside - other[0], ...other.slice(1, 4)];
    const taps = [...own, ...other];
    const residual = current - (isWhole ? predictWhole(taps, weights) : predictWrapped(taps, weights));
    taps.forEach((tap, i) => {
      weights[i] += Math.sign(tap) * Math.sign(residual);
    });
    own = [current, current - own[0], ...own.slice(1, 3)];
    past.value = value;
    past.neighbour = neighbour;
    return residual;
  };
}

function predictWrapped(taps: number[], weights: number[]): number {
  const term = (i: number): number => Math.imul(taps[i], weights[i]);
  const own = (term(0) + term(1) + term(2) + term(3)) | 0;
  const other = (term(4) + term(5) + term(6) + term(7) + term(8)) | 0;
  return ((own + (other >> 1)) | 0) >> 10;
}

function predictWhole(taps: number[], weights: number[]): number {
  const terms = taps.map((tap, i) => BigInt(tap) * BigInt(weights[i]));
  const sum = (some: bigint[]): bigint => some.reduce((a, b) => a + b, 0n);
  return Number((sum(terms.slice(0, 4)) + (sum(terms.slice(4)) >> 1n)) >> 10n);
}

function createFilter({ taps, shift }: FilterShape, version: number): (value: number) => number {
  const weights = new Int16Array(taps);
  const history = new Int16Array(taps);
  // One place more at the end, for the newest; the steps before it move up one by one.
  const steps = new Int16Array(taps + 1);
  const stepOf = version >= 3980 ? stepByLoudness() : fixedStep;
  return (value) => {
    let sum = 2 ** (shift - 1);
    for (let t = 0; t < taps; t++) sum = (sum + history[t] * weights[t]) | 0;
    const residual = value - (sum >> shift);
    const direction = Math.sign(residual);
    for (let t = 0; t < taps; t++) weights[t] -= direction * steps[t];
    history.copyWithin(0, 1);
    history[taps - 1] = Math.max(-32_768, Math.min(32_767, value));
    stepOf(steps, taps, value);
    steps.copyWithin(0, 1);
    return residual;
  };
}
