import { assemble, bind, COMPLEX_BYTES, createMemory } from '../signal';
import type { MelBands } from './mel-bands';
import {
  BAND_BYTES,
  BUTTERFLIES,
  BUTTERFLY_BYTES,
  FFT_SIZE,
  LANES,
  type MelLayout,
  type MelShape,
  melFunction,
  POINTS,
  TURN_BYTES,
  VECTOR_BYTES,
} from './mel-code';

/** Computes the mel bands of `LANES` frames at once. */
export interface MelKernel {
  /** To be filled with samples. */
  readonly samples: Float32Array;
  /** The rows of the frames of which the first begins at `offset` in `samples`; valid until the next call. */
  run(offset: number): Float32Array;
}

/** What a front end is made of. */
export interface MelRecipe extends Omit<MelShape, 'bands'> {
  /** Samples, at most 512. */
  readonly frame: number;
  readonly bands: Pick<MelBands, 'count' | 'rows'>;
}

/**
 * Compiles what every kernel of a kind shares. Each that the function given back makes has a memory of its own.
 *
 * @param length how many samples a kernel has room for
 */
export function prepareMelKernels({ frame, bands, ...shape }: MelRecipe, length: number): () => MelKernel {
  const weights = bands.rows.flatMap((row) => row.weights);
  const place = allocator();
  const layout: MelLayout = {
    window: place(4 * FFT_SIZE),
    butterflies: place(BUTTERFLIES * BUTTERFLY_BYTES),
    turns: place((POINTS / 2 + 1) * TURN_BYTES),
    bands: place(bands.count * BAND_BYTES),
    weights: place(4 * weights.length),
    spectrum: place((POINTS + 1) * COMPLEX_BYTES),
    powers: place(POINTS * COMPLEX_BYTES),
  };
  // The window's zeros meet what follows a short frame.
  const samplesAt = place(4 * (length + FFT_SIZE));
  const outAt = place(4 * LANES * bands.count);
  const bytes = place(0);
  const module = assemble(melFunction({ ...shape, bands: bands.count }, layout));
  const turns = Array.from({ length: POINTS / 2 + 1 }, (_, k) => turn(k / FFT_SIZE + 1 / 4)).flat();

  return () => {
    const memory = createMemory(bytes);
    const run = bind(module, memory);
    const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
    floats(layout.window, frame).set(halfWindow(frame));
    floats(layout.weights, weights.length).set(weights);
    floats(layout.turns, turns.length).set(turns);
    writeButterflies(new DataView(memory.buffer), layout);
    writeBands(new DataView(memory.buffer), layout, bands);
    const out = floats(outAt, LANES * bands.count);
    return {
      samples: floats(samplesAt, length),
      run(offset) {
        run(samplesAt + 4 * offset, outAt);
        return out;
      },
    };
  };
}

/** Gives one address after the other, each at the beginning of a vector. */
function allocator(): (bytes: number) => number {
  let next = 0;
  return (bytes) => {
    const at = next;
    next += VECTOR_BYTES * Math.ceil(bytes / VECTOR_BYTES);
    return at;
  };
}

/** A symmetric Hann window, each value half of what it should be. */
const halfWindow = (frame: number) =>
  Array.from({ length: frame }, (_, i) => 0.25 - 0.25 * Math.cos((2 * Math.PI * i) / (frame - 1)));

/** e^(−2πi·turns) */
const turn = (turns: number) => [Math.cos(2 * Math.PI * turns), -Math.sin(2 * Math.PI * turns)];

function writeButterflies(view: DataView, { butterflies, spectrum, powers }: MelLayout): void {
  let at = butterflies;
  let [from, to] = [spectrum, powers];
  for (let stride = 1; stride < POINTS; stride *= 4) {
    for (let i = 0; i < POINTS / 4; i++) {
      const group = Math.floor(i / stride);
      const target = (i % stride) + 4 * stride * group;
      const addresses = [from + COMPLEX_BYTES * i, to + COMPLEX_BYTES * target, COMPLEX_BYTES * stride];
      const factors = [1, 2, 3].flatMap((power) => turn((power * group * stride) / POINTS));
      for (const [word, address] of addresses.entries()) view.setUint32(at + 4 * word, address, true);
      for (const [word, factor] of factors.entries()) view.setFloat32(at + 12 + 4 * word, factor, true);
      at += BUTTERFLY_BYTES;
    }
    [from, to] = [to, from];
  }
}

function writeBands(view: DataView, layout: MelLayout, { rows }: MelRecipe['bands']): void {
  let weightsEnd = layout.weights;
  for (const [i, { first, weights }] of rows.entries()) {
    weightsEnd += 4 * weights.length;
    view.setUint32(layout.bands + BAND_BYTES * i, layout.powers + VECTOR_BYTES * first, true);
    view.setUint32(layout.bands + BAND_BYTES * i + 4, weightsEnd, true);
  }
}
