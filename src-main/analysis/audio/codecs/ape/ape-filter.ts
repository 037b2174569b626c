/** Taps and fixed-point places of a filter. */
export interface FilterShape {
  readonly taps: number;
  readonly shift: number;
}

/** The filters of each compression level, in the order a decoder applies them. */
export const FILTERS: Readonly<Record<number, readonly FilterShape[]>> = {
  1000: [],
  2000: [{ taps: 16, shift: 11 }],
  3000: [{ taps: 64, shift: 11 }],
  4000: [
    { taps: 32, shift: 10 },
    { taps: 256, shift: 13 },
  ],
  5000: [
    { taps: 16, shift: 11 },
    { taps: 256, shift: 13 },
    { taps: 1280, shift: 15 },
  ],
};

/** What came before is kept in a window that is moved back when it is full. */
const WINDOW = 4096;

interface Filter {
  readonly weights: Int16Array;
  readonly history: Int16Array;
  readonly steps: Int16Array;
}

/**
 * Undoes one long adaptive filter (sign-sign LMS, in 16 bits that wrap) on the first `count` values of a frame, in
 * place. Each value is told apart from its prediction; after it, every weight moves by its tap's step, in the
 * direction of what was left over.
 */
export function restoreFiltered(values: Int32Array, count: number, shape: FilterShape, version: number): void {
  const { taps, shift } = shape;
  const history = new Int16Array(taps + WINDOW);
  const steps = new Int16Array(taps + WINDOW);
  const filter: Filter = { weights: new Int16Array(taps), history, steps };
  const stepOf = version >= 3980 ? stepByLoudness() : fixedStep;
  const half = 2 ** (shift - 1);
  let at = taps;
  for (let i = 0; i < count; i++) {
    const residual = values[i];
    const value = (residual + (((predictAndLearn(filter, at - taps, residual) + half) | 0) >> shift)) | 0;
    values[i] = value;
    history[at] = value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value;
    stepOf(steps, at, value);
    if (++at < history.length) continue;
    history.copyWithin(0, WINDOW);
    steps.copyWithin(0, WINDOW);
    at = taps;
  }
}

/**
 * A function of its own and three loops, since this is where the time goes: so the compiler makes the best of it at
 * once.
 */
function predictAndLearn({ weights, history, steps }: Filter, first: number, residual: number): number {
  let sum = 0;
  if (residual < 0) {
    for (let t = 0; t < weights.length; t++) {
      sum = (sum + Math.imul(history[first + t], weights[t])) | 0;
      weights[t] += steps[first + t];
    }
  } else if (residual > 0) {
    for (let t = 0; t < weights.length; t++) {
      sum = (sum + Math.imul(history[first + t], weights[t])) | 0;
      weights[t] -= steps[first + t];
    }
  } else {
    for (let t = 0; t < weights.length; t++) sum = (sum + Math.imul(history[first + t], weights[t])) | 0;
  }
  return sum;
}

/** Writes the step of a new value and weakens some of those before it. */
export type StepOf = (steps: Int16Array, at: number, value: number) => void;

/** Until 3.97. Steps point away from the value's sign. */
export const fixedStep: StepOf = (steps, at, value) => {
  steps[at] = -4 * Math.sign(value);
  steps[at - 4] >>= 1;
  steps[at - 8] >>= 1;
};

/** Since 3.98: the louder than usual a value is, the larger its step. */
export function stepByLoudness(): StepOf {
  let usual = 0;
  return (steps, at, value) => {
    const size = Math.abs(value);
    const step = size > usual * 3 ? 32 : size > Math.floor((usual * 4) / 3) ? 16 : 8;
    steps[at] = value > 0 ? -step : value < 0 ? step : 0;
    usual += Math.trunc((size - usual) / 16);
    steps[at - 1] >>= 1;
    steps[at - 2] >>= 1;
    steps[at - 8] >>= 1;
  };
}
