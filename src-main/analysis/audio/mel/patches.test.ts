import { expect, it } from 'vitest';
import { createPatchCutter } from './patches';
import { createPatchSpreader } from './spread-patches';

/** Frames of two bands that hold their own number. */
const frames = (count: number, from = 0): Float32Array =>
  Float32Array.from({ length: 2 * count }, (_, i) => from + Math.floor(i / 2));
const firstFrames = (patches: Float32Array[]): number[] => patches.map((patch) => patch[0]);

it('cuts floor((frames − patch) / hop) + 1 patches and drops the rest, however the frames come', () => {
  for (const [patch, hop] of [
    [5, 2],
    [5, 5],
    [4, 7],
  ]) {
    for (const count of [5, 6, 17, 40]) {
      for (const step of [1, 3, 40]) {
        const cutter = createPatchCutter({ frames: patch, bands: 2, hop });
        const patches: Float32Array[] = [];
        for (let at = 0; at < count; at += step) {
          for (const cut of cutter.push(frames(Math.min(step, count - at), at))) patches.push(cut.slice());
        }
        const wanted = Math.floor((count - patch) / hop) + 1;
        expect(firstFrames(patches)).toEqual(Array.from({ length: wanted }, (_, i) => i * hop));
        expect(patches.every((p) => p.length === patch * 2 && p[2 * patch - 1] === p[0] + patch - 1)).toBe(true);
        expect(cutter.finish()).toBeUndefined();
      }
    }
  }
});

it('loops what there is when it is shorter than one patch, and says so', () => {
  const cutter = createPatchCutter({ frames: 5, bands: 2, hop: 2 });
  expect([...cutter.push(frames(2))]).toEqual([]);
  const last = cutter.finish();
  expect(last?.looped).toBe(true);
  expect([...last!.patch]).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 0, 0]);
  expect(createPatchCutter({ frames: 5, bands: 2, hop: 2 }).finish()).toBeUndefined();
});

it('keeps at most so many patches, evenly spread over any length', () => {
  for (const length of [1, 39, 40, 41, 80, 81, 160, 161, 5000]) {
    const spreader = createPatchSpreader(40);
    for (let i = 0; i < length; i++) spreader.push(Float32Array.of(i));
    const kept = firstFrames(spreader.finish());
    expect(kept).toHaveLength(Math.min(40, length));
    expect(kept[0]).toBe(0);
    const gaps = kept.slice(1).map((patch, i) => patch - kept[i]);
    expect(Math.min(...gaps, length)).toBeGreaterThan(0);
    if (length > 80) expect(kept.at(-1)).toBeGreaterThan(length * 0.95 - 3);
    if (length > 160) expect(Math.max(...gaps)).toBeLessThanOrEqual(3 * Math.min(...gaps));
  }
});
