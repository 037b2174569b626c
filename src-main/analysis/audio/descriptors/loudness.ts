import type { ChannelLayout, Speaker } from '../channels';
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
export function createLoudnessMeter(sampleRate: number, layout: ChannelLayout) {
  const { shelf, lowCut } = kWeighting(sampleRate);
  const weights = layout.map(channelWeight);
  const analyzed = weights.flatMap((weight, channel) => (weight > 0 ? [channel] : []));
  const pairs = analyzed.flatMap((channel, i) => {
    if (i % 2 === 1) return [];
    // An odd one is its own partner, of no weight.
    const partner = analyzed[i + 1] ?? channel;
    const partnerWeight = i + 1 < analyzed.length ? weights[partner] : 0;
    return [{ channel, partner, filter: createEnergyFilter({ shelf, lowCut }, [weights[channel], partnerWeight]) }];
  });
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
        for (const { channel, partner, filter } of pairs) {
          energy += filter(block[channel], block[partner], { from, to });
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

const MORE_COUNTED: ReadonlySet<Speaker> = new Set(['BL', 'BR', 'BC', 'SL', 'SR', 'TBL', 'TBC', 'TBR']);

/**
 * Weight of BS.1770 for what a speaker plays: the effects channel counts nothing, one beside or behind the listener
 * 1.41, any other 1. Whether the rear pair of 7.1 stands at 110° or at 150°, where it would count 1, no file says; it
 * counts here as it does in FFmpeg's `ebur128`.
 */
export function channelWeight(speaker: Speaker): number {
  return speaker === 'LFE' ? 0 : MORE_COUNTED.has(speaker) ? 1.41 : 1;
}

/**
 * Filters two channels through both stages (transposed direct form II) and gives the weighted sum of their squares. Two
 * at once, because each step of a filter waits for the one before: the processor works on the other meanwhile.
 */
function createEnergyFilter(stages: { shelf: Biquad; lowCut: Biquad }, [weightA, weightB]: readonly [number, number]) {
  const { b0, b1, b2, a1, a2 } = stages.shelf;
  const { a1: c1, a2: c2 } = stages.lowCut;
  const state = new Float64Array(8);
  return (samplesA: Float32Array, samplesB: Float32Array, { from, to }: { from: number; to: number }): number => {
    let [u1, u2, v1, v2, p1, p2, q1, q2] = state;
    let sumA = 0;
    let sumB = 0;
    for (let i = from; i < to; i++) {
      const x = samplesA[i];
      const y = b0 * x + u1;
      u1 = b1 * x + u2 - a1 * y;
      u2 = b2 * x - a2 * y;
      const z = y + v1;
      v1 = v2 - 2 * y - c1 * z;
      v2 = y - c2 * z;
      sumA += z * z;
      const xB = samplesB[i];
      const yB = b0 * xB + p1;
      p1 = b1 * xB + p2 - a1 * yB;
      p2 = b2 * xB - a2 * yB;
      const zB = yB + q1;
      q1 = q2 - 2 * yB - c1 * zB;
      q2 = yB - c2 * zB;
      sumB += zB * zB;
    }
    // Denormal numbers, in which a filter dies away after the music, are a hundred times slower than others.
    state.set([u1, u2, v1, v2, p1, p2, q1, q2].map(settle));
    return weightA * sumA + weightB * sumB;
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
