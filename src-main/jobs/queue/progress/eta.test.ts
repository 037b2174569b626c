import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEta } from './eta';

const SECOND = 1000;

/** Lets work go on at some speed, a look each second; gives what was shown each time. */
function run(
  eta: ReturnType<typeof createEta>,
  options: { from?: number; totalS: number; speed: (s: number) => number },
) {
  const shown: ReturnType<typeof eta.estimate>[] = [];
  let analyzedMs = 0;
  const from = options.from ?? 0;
  for (let s = 0; analyzedMs < options.totalS * SECOND && s < 20_000; s++) {
    const now = (from + s) * SECOND;
    eta.analyzed(now, analyzedMs);
    shown.push(eta.estimate(now, { audioMs: options.totalS * SECOND - analyzedMs, filesDone: 0 }));
    analyzedMs += options.speed(s) * SECOND;
  }
  return shown;
}

it('shows nothing for thirty seconds, or until twenty files were analyzed', () => {
  const shown = run(createEta(), { totalS: 10_000, speed: () => 40 });
  expect(shown.findIndex((each) => each !== undefined)).toBe(30);
  const eta = createEta();
  eta.analyzed(0, 0);
  eta.analyzed(6 * SECOND, 240 * SECOND);
  expect(eta.estimate(6 * SECOND, { audioMs: 1000 * SECOND, filesDone: 19 })).toBeUndefined();
  expect(eta.estimate(6 * SECOND, { audioMs: 1000 * SECOND, filesDone: 20 })).toMatchObject({ seconds: 25 });
});

it('tells a rounded range around the time that is left at the median speed', () => {
  const shown = run(createEta(), { totalS: 100_000, speed: () => 40 });
  expect(shown[60]).toEqual({ seconds: 2440, low: 2100, high: 3000 });
});

it('changes what it shows every fifteen seconds at most', () => {
  const shown = run(createEta(), { totalS: 100_000, speed: (s) => 30 + (s % 20) }).slice(30);
  for (let i = 1; i < shown.length; i++) {
    const isSame = shown[i] === shown[i - 1];
    if (!isSame) expect((30 + i) % 15).toBe(0);
  }
});

it('does not slip by more than a tenth at a time without a cause, and says the new time at once with one', () => {
  const eta = createEta();
  const shown = run(eta, { totalS: 40_000, speed: (s) => (s < 200 ? 40 : 10) });
  const changes = shown.filter((each, i) => each && each !== shown[i - 1]);
  for (let i = 1; i < changes.length; i++) {
    expect(changes[i]!.seconds).toBeLessThanOrEqual(
      Math.max(changes[i - 1]!.seconds - 15 + 1.6, (changes[i - 1]!.seconds - 15) * 1.1 + 1),
    );
  }
  const before = createEta();
  run(before, { totalS: 4_000, speed: () => 40 });
  const left = { audioMs: 400_000 * SECOND, filesDone: 0 };
  before.analyzed(101 * SECOND, 4_000 * SECOND);
  before.allowJump();
  expect(before.estimate(101 * SECOND, left)!.seconds).toBeGreaterThan(9_000);
});

it('stands still while nothing runs, and does not take the pause for slowness', () => {
  const eta = createEta();
  run(eta, { totalS: 4_000, speed: () => 40 });
  eta.rest(100 * SECOND);
  const frozen = eta.estimate(500 * SECOND, { audioMs: 4_000 * SECOND, filesDone: 0 });
  expect(frozen).toEqual(eta.estimate(900 * SECOND, { audioMs: 4_000 * SECOND, filesDone: 0 }));
  expect(eta.speed()).toBeCloseTo(40, 5);
});

it('holds the true end inside the shown range at a quarter of the way, in four runs of five', () => {
  let held = 0;
  const runs = 200;
  const samples = fc.sample(fc.infiniteStream(fc.double({ min: 0.4, max: 1.6, noNaN: true })), {
    numRuns: runs,
    seed: 7,
  });
  for (const noise of samples) {
    const speeds = [...noise.take(2000)];
    const speed = (s: number) => 40 * speeds[Math.floor(s / 7) % speeds.length];
    const shown = run(createEta(), { totalS: 24_000, speed });
    const quarter = Math.floor(shown.length / 4);
    const trueLeft = shown.length - quarter;
    const { low, high } = shown[quarter]!;
    if (low <= trueLeft && trueLeft <= high + 15) held++;
  }
  expect(held / runs).toBeGreaterThanOrEqual(0.8);
});
