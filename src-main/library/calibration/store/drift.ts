import type { Measure } from '../measure';
import type { MeasuredLabel } from './calibration-repository';

/** The most that each measure may move between two calibrations that are still called the same. */
const LIMITS = { apdP5: 0.01, apdP95: 0.01, srd: 0.05, jsd: 0.1, medianDrift: 0.05, iqrDrift: 0.1 } as const;
type DriftMetric = keyof typeof LIMITS;

const GRADES = ['excellent', 'good', 'acceptable', 'unstable'] as const;
/** By the share of its limit that the worst measure uses up: up to a quarter, a half, all of it, more. */
type Grade = (typeof GRADES)[number];

/** How far a head has moved; null where one of the two does not know the measure. */
export interface HeadDrift extends Readonly<Record<DriftMetric, number | null>> {
  readonly head: string;
  readonly isStable: boolean;
  readonly grade: Grade;
}

/**
 * How far each head moved from one calibration to another: of every measure the largest over its labels.
 * - `apdP5`, `apdP95`: absolute difference of the percentile
 * - `srd`: difference of the range p95 − p5
 * - `jsd`: Jensen–Shannon divergence (base 2, 0…1) of the histograms of the scores themselves
 * - `medianDrift`, `iqrDrift`: difference of the median, and of the range from p25 to p75
 *
 * A head that the earlier one does not know is unstable.
 */
export function driftBetween(before: readonly MeasuredLabel[], after: readonly MeasuredLabel[]): HeadDrift[] {
  return [...Map.groupBy(after, ({ head }) => head)].map(([head, labels]) => {
    const pairs = labels.map((label) => [before.find((old) => isSame(old, label)), label] as const);
    const metrics = worstOf(pairs.map(([old, label]) => (old ? metricsOf(old, label) : NOTHING)));
    const isKnown = pairs.every(([old]) => old !== undefined);
    const grade = isKnown ? gradeOf(metrics) : 'unstable';
    return { head, ...metrics, grade, isStable: grade !== 'unstable' };
  });
}

type Metrics = Record<DriftMetric, number | null>;
const NOTHING: Metrics = { apdP5: null, apdP95: null, srd: null, jsd: null, medianDrift: null, iqrDrift: null };

const isSame = (a: MeasuredLabel, b: MeasuredLabel): boolean => a.head === b.head && a.label === b.label;

function metricsOf(a: MeasuredLabel, b: MeasuredLabel): Metrics {
  const iqr = ({ p25, p75 }: MeasuredLabel) => (p25 === null || p75 === null ? null : p75 - p25);
  return {
    apdP5: Math.abs(b.p5 - a.p5),
    apdP95: Math.abs(b.p95 - a.p95),
    srd: Math.abs(b.p95 - b.p5 - (a.p95 - a.p5)),
    jsd: a.histogram && b.histogram && divergence(a.histogram, b.histogram),
    medianDrift: distance(a.median, b.median),
    iqrDrift: distance(iqr(a), iqr(b)),
  };
}

const distance = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : Math.abs(b - a);

function worstOf(all: readonly Metrics[]): Metrics {
  const worst = (name: DriftMetric) => {
    const known = all.flatMap((metrics) => metrics[name] ?? []);
    return known.length === 0 ? null : Math.max(...known);
  };
  return Object.fromEntries((Object.keys(LIMITS) as DriftMetric[]).map((name) => [name, worst(name)])) as Metrics;
}

/** A difference of exactly 0.01 may come out as 0.010000000000000009. */
const EPSILON = 1e-9;

function gradeOf(metrics: Metrics): Grade {
  const shares = (Object.keys(LIMITS) as DriftMetric[]).map((name) => (metrics[name] ?? 0) / LIMITS[name]);
  const worst = Math.max(...shares) - EPSILON;
  return worst <= 0.25 ? 'excellent' : worst <= 0.5 ? 'good' : worst <= 1 ? 'acceptable' : 'unstable';
}

/** Jensen–Shannon divergence of two histograms in bits: 0 for the same shape, 1 for shapes that share nothing. */
export function divergence(a: Measure['histogram'], b: Measure['histogram']): number {
  const [allA, allB] = [a, b].map((bins) => bins.reduce((sum, count) => sum + count, 0));
  if (allA === 0 || allB === 0) return allA === allB ? 0 : 1;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [a[i] / allA, b[i] / allB];
    const middle = (p + q) / 2;
    if (p > 0) sum += (p * Math.log2(p / middle)) / 2;
    if (q > 0) sum += (q * Math.log2(q / middle)) / 2;
  }
  return Math.min(1, Math.max(0, sum));
}
