import { createFramer } from '../signal';
import { htkBands, slaneyBands } from './mel-bands';
import { FFT_SIZE, LANES } from './mel-code';
import { type MelKernel, type MelRecipe, prepareMelKernels } from './mel-kernel';

/** `musicnn` serves MusiCNN and EffNet-Discogs, `vggish` VGGish and YAMNet. */
export type MelKind = 'musicnn' | 'vggish';

/** Mel bands of a stream of samples. */
export interface MelFrontEnd {
  readonly bands: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
  /**
   * Takes mono samples at 16 kHz and gives the frames they complete, four at a time: frames × bands, row by row, valid
   * until the next call.
   */
  push(samples: Float32Array): Float32Array;
  /** The last frames, padded with silence. Nothing may be pushed afterwards. */
  finish(): Float32Array;
}

const SAMPLE_RATE = 16_000;
const BIN_HZ = SAMPLE_RATE / FFT_SIZE;

/** Samples that are gathered before they are made frames of, at most. */
const GATHERED = 8192;

const RECIPES: Record<MelKind, () => MelRecipe> = {
  musicnn: () => ({
    frame: 512,
    hop: 256,
    bands: slaneyBands(BIN_HZ),
    isOfMagnitudes: false,
    compression: { factor: Math.LOG10E, offset: 1, scale: 10_000 },
  }),
  vggish: () => ({
    frame: 400,
    hop: 160,
    bands: htkBands(BIN_HZ),
    isOfMagnitudes: true,
    compression: { factor: 1, offset: 0.01, scale: 1 },
  }),
};

type Prepared = MelRecipe & { readonly createKernel: () => MelKernel };
const prepared = new Map<MelKind, Prepared>();

function prepare(kind: MelKind): Prepared {
  const known = prepared.get(kind);
  if (known) return known;
  const recipe = RECIPES[kind]();
  const made = { ...recipe, createKernel: prepareMelKernels(recipe, GATHERED) };
  prepared.set(kind, made);
  return made;
}

/**
 * Mel bands as the embedding models met them in training. `musicnn`: frames of 512 every 256, powers, 96 Slaney bands
 * from 0 to 8000 Hz, log10(1 + 10000·x). `vggish`: frames of 400 every 160 filled up to 512, magnitudes, 64 HTK bands
 * from 125 to 7500 Hz, ln(x + 0.01). Both with a symmetric Hann window that is not normalised. Other settings raise no
 * error, only wrong tags.
 *
 * Frames are centred: the first begins half a frame before the first sample, and one follows upon each hop that begins
 * within the signal, ceil(samples / hop) in all. No noise is put in place of silence.
 *
 * @param options.completeFramesOnly frames from the first sample on, without any padding
 */
export function createMelFrontEnd(kind: MelKind, options: { completeFramesOnly?: boolean } = {}): MelFrontEnd {
  const { frame, hop, bands, createKernel } = prepare(kind);
  const lead = options.completeFramesOnly ? 0 : frame / 2;
  const kernel = createKernel();
  const groupLength = (LANES - 1) * hop + frame;
  let out = new Float32Array(0);
  let filled = 0;
  let received = 0;
  let given = 0;
  const analyze = (_: Float32Array, offset: number) => {
    out.set(kernel.run(offset), filled);
    filled += LANES * bands.count;
  };
  const take = createFramer(groupLength, LANES * hop, analyze, kernel.samples);
  take(new Float32Array(lead));

  function framesFrom(samples: Float32Array, count: number): Float32Array {
    const length = count * bands.count;
    if (out.length < length) out = new Float32Array(length);
    filled = 0;
    take(samples);
    given += count;
    return out.subarray(0, length);
  }

  /** Frames in all, when nothing more comes. */
  const total = () =>
    options.completeFramesOnly ? Math.floor((received - frame) / hop) + 1 : Math.ceil(received / hop);

  return {
    bands: bands.count,
    hop,
    push(samples) {
      received += samples.length;
      const groups = Math.floor((lead + received - groupLength) / (LANES * hop)) + 1;
      return framesFrom(samples, Math.max(0, LANES * groups - given));
    },
    finish() {
      const missing = total() - given;
      if (missing <= 0) return new Float32Array(0);
      const count = LANES * Math.ceil(missing / LANES);
      const end = (given + count - 1) * hop + frame;
      return framesFrom(new Float32Array(end - lead - received), count).subarray(0, missing * bands.count);
    },
  };
}
