import { expect, it } from 'vitest';
import { measure } from '../measure/measure';
import type { MeasuredLabel } from './calibration-repository';
import { divergence, driftBetween } from './drift';

function label(scores: readonly number[], name = 'happy'): MeasuredLabel {
  const known = { head: 'mood_happy', label: name, backbone: 'musicnn', kind: 'softmax' } as const;
  return { ...known, ...measure(Float64Array.from(scores)) };
}
const evenly = (shift = 0, count = 1000) => Array.from({ length: count }, (_, i) => (i / count) * 0.9 + shift);

it('calls what did not move excellent', () => {
  expect(driftBetween([label(evenly())], [label(evenly(0, 2000))])).toMatchObject([
    { head: 'mood_happy', isStable: true, grade: 'excellent' },
  ]);
});

it('grades by the measure that moved furthest for its limit', () => {
  const grade = (shift: number) => driftBetween([label(evenly())], [label(evenly(shift))])[0].grade;
  expect([0.002, 0.004, 0.009, 0.011].map(grade)).toEqual(['excellent', 'good', 'acceptable', 'unstable']);
});

it('takes the worst label of a head', () => {
  const before = [label(evenly()), label(evenly(), 'non_happy')];
  const [drift] = driftBetween(before, [label(evenly()), label(evenly(0.05), 'non_happy')]);
  expect(drift).toMatchObject({ isStable: false, apdP5: expect.closeTo(0.05, 6) });
});

it('calls unstable what is measured for the first time', () => {
  expect(driftBetween([], [label(evenly())])).toMatchObject([{ isStable: false, apdP5: null }]);
});

it('tells shapes apart by the scores themselves: none for the same, one bit for those that share nothing', () => {
  const bins = (at: number) => Array.from({ length: 100 }, (_, i) => (i === at ? 5 : 0));
  expect(divergence(bins(3), bins(3))).toBe(0);
  expect(divergence(bins(3), bins(4))).toBe(1);
  // Two humps and one hill of the same mean and deviation differ, which drawing from a normal distribution would hide.
  const humps = [...evenly(0, 500).map((x) => x / 9), ...evenly(0, 500).map((x) => 0.8 + x / 9)];
  const hill = evenly(0, 1000);
  expect(divergence(label(humps).histogram!, label(hill).histogram!)).toBeGreaterThan(0.3);
});
