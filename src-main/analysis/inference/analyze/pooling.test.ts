import { expect, it } from 'vitest';
import { createActivations, poolLabel } from './pooling';

it('leaves out the highest and lowest tenth in the trimmed mean, and nothing of fewer than ten', () => {
  const twenty = Float32Array.from({ length: 20 }, (_, i) => i);
  expect(poolLabel('a', twenty)).toMatchObject({ mean: 9.5, trimmedMean: 9.5, min: 0, max: 19 });
  const spiked = Float32Array.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 1);
  expect(poolLabel('a', spiked).trimmedMean).toBeCloseTo(0.1, 6);
  expect(poolLabel('a', Float32Array.of(0, 0, 3)).trimmedMean).toBe(1);
});

it('gives the standard deviation of the population, and none for a single patch', () => {
  expect(poolLabel('a', Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9)).std).toBe(2);
  expect(poolLabel('a', Float32Array.of(0.5))).toEqual({
    label: 'a',
    mean: 0.5,
    trimmedMean: 0.5,
    std: null,
    min: 0.5,
    max: 0.5,
  });
});

it('keeps labels apart, takes only the rows it is given, and passes over what is no number', () => {
  const collected = createActivations(['a', 'b']);
  collected.add(Float32Array.of(1, 10, 2, 20, 99, 99), 2);
  for (let i = 0; i < 100; i++) collected.add(Float32Array.of(Number.NaN, 30), 1);
  const [a, b] = collected.pool();
  expect(a).toMatchObject({ label: 'a', mean: 1.5, min: 1, max: 2 });
  expect(b).toMatchObject({ label: 'b', min: 10, max: 30 });
});
