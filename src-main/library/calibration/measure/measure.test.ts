import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { pathOf, requires } from '../../../../test/support/requirements';
import { measure } from './measure';

/** What Python's own statistics say of the same numbers. */
function inPython(scores: readonly number[]): number[] {
  const program = `
import json, statistics, sys
xs = json.load(sys.stdin)
q = statistics.quantiles(xs, n=100, method='inclusive') if len(xs) > 1 else [xs[0]] * 99
print(json.dumps([q[4], q[24], q[49], q[74], q[94], statistics.fmean(xs), statistics.pstdev(xs), min(xs), max(xs)]))`;
  return JSON.parse(
    execFileSync(pathOf('python3'), ['-c', program], { input: JSON.stringify(scores) }).toString(),
  ) as number[];
}

requires('python3').it.each([1, 2, 19, 100, 1001])('measures %i scores as Python does', (count) => {
  const scores = Array.from({ length: count }, (_, i) => ((i * 7919) % 1013) / 1013);
  const { p5, p25, median, p75, p95, mean, std, min, max } = measure(Float64Array.from(scores));
  const expected = inPython(scores);
  for (const [i, value] of [p5, p25, median, p75, p95, mean, std, min, max].entries()) {
    expect(value).toBeCloseTo(expected[i], 12);
  }
});

it('counts the scores in each hundredth, the ends included', () => {
  const { histogram, samples } = measure(Float64Array.of(0, 0.005, 0.01, 0.999, 1, 1.2, -0.1));
  expect(samples).toBe(7);
  expect([histogram[0], histogram[1], histogram[99]]).toEqual([3, 1, 3]);
  expect(histogram.reduce((a, b) => a + b)).toBe(7);
});
