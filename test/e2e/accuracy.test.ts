import { expect, it } from 'vitest';
import { STYLE_NAMES } from '../../src-main/app/demo';
import { measureAccuracy, sumOf } from '../support/accuracy';

it('hears tempo and key of most synthetic pieces of all styles', () => {
  const total = sumOf(STYLE_NAMES.map((style) => measureAccuracy(style, 2, 3_000_000)));
  expect(total.tempoOrOctave / total.pieces).toBeGreaterThanOrEqual(0.9);
  expect(total.tempo / total.pieces).toBeGreaterThanOrEqual(0.7);
  expect(total.key / total.pieces).toBeGreaterThanOrEqual(0.7);
  expect(total.keyOrNear / total.pieces).toBeGreaterThanOrEqual(0.9);
});
