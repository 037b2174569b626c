import { type Biquad, kWeighting } from './k-weighting';

const HOPS_PER_SECOND = 10;
const BLOCK_HOPS = 4; // 400 ms, 75 % overlap
const SHORT_TERM_HOPS = 30; // 3 s
const ABSOLUTE_GATE_LUFS = -70;

export interface Loudness {
  /** Integrated, LUFS; null when nothing is above the absolute gate of −70 LUFS, or for less than 400 ms. */
  readonly loudnessLufs: number | null;
  /** LU; null when nothing is above the gate, or for less than 3 s. */
  readonly loudnessRangeLu: number | null;
}

/**
 * Integrated loudness and loudness range of a signal. It keeps one number for every 100 ms, from which the blocks of
 * 400 ms and 3 s are put together at the end, when the relative gates are known.
 *
 * @see ITU-R BS.1770-5 (weighting, gating), EBU R128, EBU Tech 3342 (range)
 */
export function createLoudnessMeter(sampleRate: number, channels: number) {
  const { shelf, lowCut } = kWeighting(sampleRate);
  const weights = channelWeights(channels);
  const filters = weights.map(() => createEnergyFilter(shelf, lowCut));
  const hops: number[] = [];
  let hopEnd = hopBoundary(1);
  let position = 0;
  let energy = 0;

  /** A hop need not be a whole number of samples (11 025 Hz), so its ends are counted from the beginning. */
  function hopBoundary(hop: number): number {
    return Math.round((hop * sampleRate) / HOPS_PER_SECOND);
  }

  return {
    push(block: readonly Float32Array[]): void {
      const length = block[0]?.length ?? 0;
      for (let from = 0; from < length; ) {
        const to = Math.min(length, from + hopEnd - position);
        for (let c = 0; c < weights.length; c++) {
          if (weights[c] > 0) energy += weights[c] * filters[c](block[c], from, to);
        }
        position += to - from;
        from = to;
        if (position < hopEnd) continue;
        hops.push(energy / (hopEnd - hopBoundary(hops.length)));
        energy = 0;
        hopEnd = hopBoundary(hops.length + 1);
      }
    },
    finish: (): Loudness => ({
      loudnessLufs: integrated(movingMean(hops, BLOCK_HOPS)),
      loudnessRangeLu: range(movingMean(hops, SHORT_TERM_HOPS)),
    }),
  };
}

/**
 * Weights of BS.1770-5, table 4, for channels in the usual order of files (FL FR FC LFE BL BR SL SR): surround at 60°
 * to 120° counts 1.41, the effects channel nothing. The rear pair of 5.1 is its surround, that of 7.1 stands behind.
 */
export function channelWeights(channels: number): number[] {
  const known: Record<number, number[]> = {
    4: [1, 1, 1.41, 1.41],
    5: [1, 1, 1, 1.41, 1.41],
    6: [1, 1, 1, 0, 1.41, 1.41],
    7: [1, 1, 1, 0, 1, 1.41, 1.41],
    8: [1, 1, 1, 0, 1, 1, 1.41, 1.41],
  };
  return known[channels] ?? new Array<number>(channels).fill(1);
}

/** Filters samples `from`…`to` through both stages (transposed direct form II) and gives the sum of their squares. */
function createEnergyFilter(shelf: Biquad, lowCut: Biquad) {
  const { b0, b1, b2, a1, a2 } = shelf;
  const { a1: c1, a2: c2 } = lowCut;
  let s1 = 0;
  let s2 = 0;
  let t1 = 0;
  let t2 = 0;
  return (samples: Float32Array, from: number, to: number): number => {
    let [u1, u2, v1, v2] = [s1, s2, t1, t2];
    let sum = 0;
    for (let i = from; i < to; i++) {
      const x = samples[i];
      const y = b0 * x + u1;
      u1 = b1 * x - a1 * y + u2;
      u2 = b2 * x - a2 * y;
      const z = y + v1;
      v1 = v2 - 2 * y - c1 * z;
      v2 = y - c2 * z;
      sum += z * z;
    }
    // Denormal numbers, in which a filter dies away after the music, are a hundred times slower than others.
    [s1, s2, t1, t2] = [settle(u1), settle(u2), settle(v1), settle(v2)];
    return sum;
  };
}

function settle(state: number): number {
  return Math.abs(state) < 1e-30 ? 0 : state;
}

function movingMean(values: readonly number[], width: number): Float64Array {
  const means = new Float64Array(Math.max(0, values.length - width + 1));
  for (let i = 0; i < means.length; i++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += values[i + k];
    means[i] = sum / width;
  }
  return means;
}

function integrated(blocks: Float64Array): number | null {
  const gated = aboveGates(blocks, -10);
  return gated.length === 0 ? null : toLufs(mean(gated));
}

function range(blocks: Float64Array): number | null {
  const gated = aboveGates(blocks, -20).sort();
  if (gated.length === 0) return null;
  return toLufs(percentile(gated, 0.95)) - toLufs(percentile(gated, 0.1));
}

/**
 * By nearest rank, as FFmpeg's `ebur128` takes it: neighbours lie tenths of an LU apart in a short piece, so another
 * definition would be another answer.
 */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.round(share * sorted.length) - 1)];
}

/** The blocks above −70 LUFS and above their own mean lowered by `relativeDb`. */
function aboveGates(blocks: Float64Array, relativeDb: number): Float64Array {
  const absolute = 10 ** ((ABSOLUTE_GATE_LUFS + 0.691) / 10);
  const audible = blocks.filter((power) => power > absolute);
  const relative = mean(audible) * 10 ** (relativeDb / 10);
  return audible.filter((power) => power > relative);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

function toLufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}
