/** Where the scores of one label lie. Percentiles are exact: linearly interpolated between the sorted scores. */
export interface Measure {
  readonly samples: number;
  readonly p5: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p95: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** How many scores lie in each hundredth of 0…1; what lies outside counts to the ends. */
  readonly histogram: readonly number[];
}

const BINS = 100;

/** Measures scores; sorts them in place. Throws a RangeError when there are none. */
export function measure(scores: Float64Array): Measure {
  if (scores.length === 0) throw new RangeError('Nothing to measure');
  scores.sort();
  const mean = sumOf(scores, (x) => x) / scores.length;
  const histogram = new Array<number>(BINS).fill(0);
  for (const score of scores) histogram[Math.min(BINS - 1, Math.max(0, Math.floor(score * BINS)))]++;
  return {
    samples: scores.length,
    p5: percentile(scores, 0.05),
    p25: percentile(scores, 0.25),
    median: percentile(scores, 0.5),
    p75: percentile(scores, 0.75),
    p95: percentile(scores, 0.95),
    mean,
    std: Math.sqrt(sumOf(scores, (x) => (x - mean) ** 2) / scores.length),
    min: scores[0],
    max: scores[scores.length - 1],
    histogram,
  };
}

/** The value at the place q·(n − 1) of sorted values, between two of them in a straight line (as numpy does). */
function percentile(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

function sumOf(values: Float64Array, of: (value: number) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum;
}
