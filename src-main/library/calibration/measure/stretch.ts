import type { Pooled } from '../../moods';

/** Below this many scores the outermost five in a hundred are one track or none: such a label stays raw. */
export const LEAST_SAMPLES = 20;

/** Where the scores of a label lie in the library. */
export interface Range {
  /** The score that 5 in 100 tracks stay below, and the one that 5 in 100 exceed; linearly interpolated. */
  readonly p5: number;
  readonly p95: number;
  /** How many scores it was measured from; null when an imported file does not say, which is believed. */
  readonly samples: number | null;
}

/**
 * How far a range is believed, 0…1: not at all up to `LEAST_SAMPLES`, wholly from `minSamples` on, and in a straight
 * line between: w = (n − least) / (min − least). Without steps, so that one track more never turns a library over.
 */
export function weightOf(samples: number | null, minSamples: number): number {
  if (samples === null) return 1;
  if (samples <= LEAST_SAMPLES) return 0;
  return samples >= minSamples ? 1 : (samples - LEAST_SAMPLES) / (minSamples - LEAST_SAMPLES);
}

/**
 * Stretches a score so that p5 becomes 0 and p95 becomes 1: y = clamp((x − p5) / (p95 − p5), 0, 1), and the deviation
 * with it, σ / (p95 − p5); both blended with the raw ones by the weight: w·y + (1 − w)·x. A range without width, or of
 * weight 0, changes nothing.
 */
export function stretch({ score, std }: Pooled, { p5, p95 }: Pick<Range, 'p5' | 'p95'>, weight: number): Pooled {
  const width = p95 - p5;
  if (width <= 0 || weight <= 0) return { score, std };
  const stretched = Math.min(1, Math.max(0, (score - p5) / width));
  return {
    score: weight * stretched + (1 - weight) * score,
    std: std === null ? null : std * (weight / width + 1 - weight),
  };
}
