import { createRealFft } from './fft';
import { createFramer } from './framer';
import { htkBands, type MelBands, slaneyBands } from './mel-bands';

/** `musicnn` serves MusiCNN and EffNet-Discogs, `vggish` VGGish and YAMNet. */
export type MelKind = 'musicnn' | 'vggish';

/** Mel bands of a stream of samples. */
export interface MelFrontEnd {
  readonly bands: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
  /**
   * Takes mono samples at 16 kHz and gives the frames they complete: frames × bands, row by row, valid until the next
   * call.
   */
  push(samples: Float32Array): Float32Array;
  /** The last frames, padded with silence. Nothing may be pushed afterwards. */
  finish(): Float32Array;
}

interface Recipe {
  readonly frame: number;
  readonly hop: number;
  readonly bands: MelBands;
  /** Makes of the powers what the bands sum up. */
  readonly spectrum: (power: Float64Array) => void;
  readonly compress: (value: number) => number;
}

const SAMPLE_RATE = 16_000;
const FFT_SIZE = 512;
const BIN_HZ = SAMPLE_RATE / FFT_SIZE;

const RECIPES: Record<MelKind, () => Recipe> = {
  musicnn: () => ({
    frame: 512,
    hop: 256,
    bands: slaneyBands(BIN_HZ),
    spectrum: () => undefined,
    compress: (value) => Math.log10(1 + 10_000 * value),
  }),
  vggish: () => ({
    frame: 400,
    hop: 160,
    bands: htkBands(BIN_HZ),
    spectrum: (power) => {
      for (let i = 0; i < power.length; i++) power[i] = Math.sqrt(power[i]);
    },
    compress: (value) => Math.log(value + 0.01),
  }),
};

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
  const recipe = RECIPES[kind]();
  const { frame, hop, bands } = recipe;
  const lead = options.completeFramesOnly ? 0 : frame / 2;
  const analyze = createFrameAnalyzer(recipe);
  let out = new Float32Array(0);
  let filled = 0;
  let received = 0;
  let given = 0;
  const take = createFramer(frame, hop, (source, offset) => {
    analyze(source, offset, out, filled);
    filled += bands.count;
  });
  take(new Float32Array(lead));

  function framesFrom(samples: Float32Array, count: number): Float32Array {
    const length = count * bands.count;
    if (out.length < length) out = new Float32Array(length);
    filled = 0;
    take(samples);
    given += count;
    return out.subarray(0, length);
  }

  return {
    bands: bands.count,
    hop,
    push(samples) {
      received += samples.length;
      const complete = Math.max(0, Math.floor((lead + received - frame) / hop) + 1);
      return framesFrom(samples, complete - given);
    },
    finish() {
      const missing = options.completeFramesOnly ? 0 : Math.ceil(received / hop) - given;
      if (missing <= 0) return new Float32Array(0);
      const end = (given + missing - 1) * hop + frame;
      return framesFrom(new Float32Array(end - lead - received), missing);
    },
  };
}

function createFrameAnalyzer({ frame, bands, spectrum, compress }: Recipe) {
  const fft = createRealFft(FFT_SIZE);
  const window = Float64Array.from({ length: frame }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (frame - 1)));
  const windowed = new Float64Array(FFT_SIZE);
  const power = new Float64Array(FFT_SIZE / 2 + 1);
  return (samples: Float32Array, at: number, out: Float32Array, offset: number): void => {
    for (let i = 0; i < frame; i++) windowed[i] = samples[at + i] * window[i];
    fft.powerSpectrum(windowed, power);
    spectrum(power);
    bands.apply(power, out, offset);
    for (let i = offset; i < offset + bands.count; i++) out[i] = compress(out[i]);
  };
}
