import { expect, it } from 'vitest';
import { downMix } from './down-mix';

it('makes one channel of many by their mean, and leaves one alone', () => {
  const left = () => Float32Array.of(1, 0.5, -1);
  const right = Float32Array.of(0, 0.5, 1);
  expect([...downMix([left()])]).toEqual([1, 0.5, -1]);
  expect([...downMix([left(), right])]).toEqual([0.5, 0.5, 0]);
  expect([...downMix([left(), right, right, right])]).toEqual([0.25, 0.5, 0.5]);
  expect([...downMix([left(), right], 2)]).toEqual([1, 1, 0]);
});
