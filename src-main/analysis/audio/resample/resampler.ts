import { CHUNK, createPolyphase } from './polyphase';

/** Turns one mono stream from one sample rate into another. */
export interface Resampler {
  /** Takes the next samples, which are not kept, and gives those that are ready, valid until the next call. */
  push(samples: Float32Array): Float32Array;
  /** The last samples. Nothing may be pushed afterwards. */
  flush(): Float32Array;
}

/**
 * A linear-phase resampler of one polyphase filter. Going to 16 kHz it is flat (±0.01 dB) to 6.4 kHz, −6 dB at 7.76 kHz
 * and at −90 dB or below from 9.12 kHz on; what lies between 8 and 9.12 kHz folds back, weakened, onto 6.88–8 kHz. Its
 * delay is taken out: output sample 0 is the input's time 0, and n samples become round(n · toRate / fromRate).
 */
export function createResampler(fromRate: number, toRate: number): Resampler {
  if (fromRate === toRate) return { push: (samples) => samples, flush: () => new Float32Array(0) };
  const filter = createPolyphase(fromRate, toRate);
  let out = new Float32Array(0);
  let received = 0;
  let given = 0;

  return {
    push(samples) {
      received += samples.length;
      // What the filter still held back of earlier samples is less than a chunk.
      const most = Math.ceil(((samples.length + CHUNK) * toRate) / fromRate);
      if (out.length < most) out = new Float32Array(most);
      let filled = 0;
      for (let at = 0; at < samples.length; at += CHUNK) {
        const part = filter.push(samples.subarray(at, at + CHUNK));
        out.set(part, filled);
        filled += part.length;
      }
      given += filled;
      return out.subarray(0, filled);
    },
    flush() {
      const wanted = Math.round((received * toRate) / fromRate) - given;
      return filter.push(new Float32Array(filter.reach)).subarray(0, Math.max(0, wanted));
    },
  };
}
