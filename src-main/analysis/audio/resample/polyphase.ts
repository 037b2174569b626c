import { createMemory, phaseTable } from '../signal';
import { createPolyphaseKernel, STEP_BYTES } from './polyphase-kernel';

/** At most so many samples may be pushed at once: the buffers then stay within the processor's cache. */
export const CHUNK = 4096;

/** Output is aligned with input: its first sample stands for the same moment. */
export interface Polyphase {
  /** Gives the samples that are ready, valid until the next call. */
  push(samples: Float32Array): Float32Array;
  /** How many samples of silence bring out all that was held back. */
  readonly reach: number;
}

/** Any rate to any other, by one filter for each phase between their samples. */
export function createPolyphase(fromRate: number, toRate: number): Polyphase {
  const { up, down, width, taps, rows } = phaseTable(fromRate, toRate);
  const reach = width / 2;
  const windowLength = CHUNK + 2 * width;
  const outLength = Math.ceil((windowLength * up) / down) + 1;
  const stepsEnd = up * STEP_BYTES;
  const tapsAt = align(stepsEnd);
  const windowAt = align(tapsAt + 4 * taps.length);
  const outAt = align(windowAt + 4 * windowLength);
  const memory = createMemory(outAt + 4 * outLength);
  const filter = createPolyphaseKernel(width, memory);
  const window = new Float32Array(memory.buffer, windowAt, windowLength);
  const out = new Float32Array(memory.buffer, outAt, outLength);
  new Float32Array(memory.buffer, tapsAt).set(taps);
  const advance = (turn: number) => Math.floor((((turn * down) % up) + down) / up);
  new Uint32Array(memory.buffer).set([...rows].flatMap((row, turn) => [tapsAt + 4 * row, 4 * advance(turn)]));

  // Begins with the silence before the first sample.
  let filled = reach - 1;
  /** Of the next output within the window, in parts of a sample of which there are `up`. */
  let position = 0;
  let turn = 0;

  function push(samples: Float32Array): Float32Array {
    window.set(samples, filled);
    filled += samples.length;
    const count = Math.max(0, Math.ceil(((filled - width + 1) * up - position) / down));
    const input = windowAt + 4 * Math.floor(position / up);
    if (count > 0) filter(turn * STEP_BYTES, stepsEnd, input, outAt, outAt + 4 * count);
    turn = (turn + count) % up;
    position += count * down;
    const done = Math.min(Math.floor(position / up), filled);
    window.copyWithin(0, done, filled);
    filled -= done;
    position -= done * up;
    return out.subarray(0, count);
  }
  return { push, reach };
}

/** To whole vectors of sixteen bytes. */
const align = (address: number): number => 16 * Math.ceil(address / 16);
