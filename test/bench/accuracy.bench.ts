import { expect, it } from 'vitest';
import { STYLE_NAMES, STYLES } from '../../src-main/app/demo';
import { type Accuracy, measureAccuracy, sumOf } from '../support/accuracy';
import { record } from './results';

const GROUP = 'Tempo and key of synthetic pieces';
const PIECES = 24;
const SEED = 2_000_000;

it('hears the tempo and key that synthetic pieces were written in', () => {
  const parts = STYLE_NAMES.map((style) => {
    const part = measureAccuracy(style, PIECES, SEED);
    const [slowest, fastest] = STYLES[style].bpm;
    record(GROUP, rowOf(`${style}, ${slowest}–${fastest} BPM`, part));
    return part;
  });
  const total = sumOf(parts);
  record(GROUP, rowOf('**all**', total));
  expect(total.tempo / total.pieces).toBeGreaterThanOrEqual(0.85);
  expect(total.tempoOrOctave / total.pieces).toBeGreaterThanOrEqual(0.97);
  expect(total.key / total.pieces).toBeGreaterThanOrEqual(0.8);
});

function rowOf(style: string, { pieces, tempo, tempoOrOctave, key, keyOrNear }: Accuracy) {
  const percent = (count: number) => `${((100 * count) / pieces).toFixed(1)} %`;
  return {
    style,
    pieces,
    'tempo within 4 %': percent(tempo),
    'or its half or double': percent(tempoOrOctave),
    key: percent(key),
    'or relative, parallel, fifth': percent(keyOrNear),
  };
}
