import { CHUNK, createHalver, createPolyphase, type FilterStage } from './resampler-stages';

/** Turns one mono stream from one sample rate into another. */
export interface Resampler {
  /** Takes the next samples and gives those that are ready; the result belongs to the caller, the input is not kept. */
  push(samples: Float32Array): Float32Array;
  /** The last samples. Nothing may be pushed afterwards. */
  flush(): Float32Array;
}

/** Halving by a half-band filter is cheap; it goes on for as long as the rate stays above what the last filter needs. */
const LOWEST_RATE_TO_HALVE = 44_100;
/**
 * Edges of the pass and the stop band as parts of the lower rate. The −6 dB point, 0.485, and the width are those of
 * FFmpeg's resampler: the highest bands weigh enough in the models that a steeper filter moves head outputs by 0.1.
 */
const PASS_BAND = 0.4;
const STOP_BAND = 0.57;

/**
 * A linear-phase resampler: octaves above are taken off by half-band filters, the rest by one polyphase filter. Going
 * to 16 kHz it is flat (±0.01 dB) to 6.4 kHz, −6 dB at 7.76 kHz and at −90 dB or below from 9.12 kHz on; what lies
 * between 8 and 9.12 kHz folds back, weakened, onto 6.88–8 kHz. Its delay is taken out: output sample 0 is the input's
 * time 0, and n samples become round(n · toRate / fromRate).
 *
 * @see Crochiere & Rabiner, Multirate Digital Signal Processing, 1983, ch. 4; Kaiser's window as in Oppenheim &
 * Schafer, Discrete-Time Signal Processing, §7.5.3
 */
export function createResampler(fromRate: number, toRate: number): Resampler {
  const stages: FilterStage[] = [];
  let rate = fromRate;
  while (rate >= LOWEST_RATE_TO_HALVE && rate % 2 === 0 && rate / 2 > toRate) {
    stages.push(createHalver(rate, STOP_BAND * toRate));
    rate /= 2;
  }
  if (rate !== toRate) stages.push(createPolyphase(rate, toRate, { pass: PASS_BAND, stop: STOP_BAND }));
  let received = 0;
  let given = 0;

  function through(first: number, samples: Float32Array | Float64Array): Float32Array | Float64Array {
    let out = samples;
    for (let i = first; i < stages.length; i++) out = stages[i].push(out);
    return out;
  }

  return {
    push(samples) {
      received += samples.length;
      if (stages.length === 0) {
        given += samples.length;
        return samples.slice();
      }
      // What the stages still held back of earlier samples is less than a chunk.
      const out = new Float32Array(Math.ceil(((samples.length + CHUNK) * toRate) / fromRate));
      let filled = 0;
      for (let at = 0; at < samples.length; at += CHUNK) {
        const part = through(0, samples.subarray(at, at + CHUNK));
        out.set(part, filled);
        filled += part.length;
      }
      given += filled;
      return out.subarray(0, filled);
    },
    flush() {
      const wanted = Math.round((received * toRate) / fromRate) - given;
      const out = new Float32Array(Math.max(0, wanted));
      let filled = 0;
      for (let i = 0; i < stages.length; i++) {
        const tail = through(i + 1, stages[i].flush()).subarray(0, out.length - filled);
        out.set(tail, filled);
        filled += tail.length;
      }
      return out;
    },
  };
}
