/**
 * The short adaptive predictor of one channel: four taps on its own past, five on the other channel. `taps` are the
 * last value, then the last differences, for the one and for the other.
 */
interface Predictor {
  readonly taps: Int32Array;
  readonly weights: Int32Array;
  readonly memory: Int32Array;
}

const OWN = 0;
const OTHER = 4;
/** Places in `memory`: the last own value, the same with its low tones put back, the other channel's last value. */
const VALUE = 0;
const OUTPUT = 1;
const NEIGHBOUR = 2;

const startPredictor = (): Predictor => ({
  taps: new Int32Array(9),
  weights: Int32Array.of(360, 317, -109, 98, 0, 0, 0, 0, 0),
  memory: new Int32Array(3),
});

/** How the sums of a prediction are kept: in 32 bits that wrap, or as one short-lived encoder of 24 bits did, whole. */
export type Sums = 'wrapped' | 'whole';

function restore(predictor: Predictor, residual: number, neighbour: number, sums: Sums): number {
  const { taps, weights, memory } = predictor;
  remember(taps, OWN, memory[VALUE]);
  const bright = (neighbour - (Math.imul(memory[NEIGHBOUR], 31) >> 5)) | 0;
  memory[NEIGHBOUR] = neighbour;
  taps[8] = taps[7];
  remember(taps, OTHER, bright);
  const value = (residual + (sums === 'whole' ? predictWhole(taps, weights) : predictWrapped(taps, weights))) | 0;
  if (residual !== 0) {
    const direction = residual > 0 ? 1 : -1;
    for (let i = 0; i < 9; i++) if (taps[i] !== 0) weights[i] += taps[i] > 0 ? direction : -direction;
  }
  memory[VALUE] = value;
  const output = (value + (Math.imul(memory[OUTPUT], 31) >> 5)) | 0;
  memory[OUTPUT] = output;
  return output;
}

function remember(taps: Int32Array, at: number, value: number): void {
  taps[at + 3] = taps[at + 2];
  taps[at + 2] = taps[at + 1];
  taps[at + 1] = value - taps[at];
  taps[at] = value;
}

function predictWrapped(taps: Int32Array, weights: Int32Array): number {
  let own = 0;
  let other = 0;
  for (let i = OWN; i < OTHER; i++) own = (own + Math.imul(taps[i], weights[i])) | 0;
  for (let i = OTHER; i < 9; i++) other = (other + Math.imul(taps[i], weights[i])) | 0;
  return ((own + (other >> 1)) | 0) >> 10;
}

function predictWhole(taps: Int32Array, weights: Int32Array): number {
  let own = 0;
  let other = 0;
  for (let i = OWN; i < OTHER; i++) own += taps[i] * weights[i];
  for (let i = OTHER; i < 9; i++) other += taps[i] * weights[i];
  return Math.floor((own + Math.floor(other / 2)) / 1024);
}

/** Puts back what the predictor took from the only channel of a frame, in place. */
export function restoreMono(values: Int32Array, count: number, sums: Sums): void {
  const predictor = startPredictor();
  for (let i = 0; i < count; i++) values[i] = restore(predictor, values[i], 0, sums);
}

/**
 * The same for two: the side channel is predicted with the mid channel's last value, the mid with the side's new one.
 */
export function restoreStereo(side: Int32Array, mid: Int32Array, count: number, sums: Sums): void {
  const ofSide = startPredictor();
  const ofMid = startPredictor();
  let lastMid = 0;
  for (let i = 0; i < count; i++) {
    side[i] = restore(ofSide, side[i], lastMid, sums);
    lastMid = restore(ofMid, mid[i], side[i], sums);
    mid[i] = lastMid;
  }
}
