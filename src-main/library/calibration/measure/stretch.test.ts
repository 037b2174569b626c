import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NO_CALIBRATION, wantedTags } from '../../moods';
import { headsOf } from '../analyzed-library.fixture';
import { calibrationOf } from './in-force';
import { LEAST_SAMPLES, stretch, weightOf } from './stretch';

const range = { p5: 0.2, p95: 0.6 };

it('makes p5 zero and p95 one, and what lies outside no more than that', () => {
  const at = (score: number) => stretch({ score, std: null }, range, 1).score;
  expect([at(0.2), at(0.6), at(0.4), at(0.1), at(0.9)]).toEqual([0, 1, expect.closeTo(0.5, 12), 0, 1]);
});

it('scales the deviation with the score', () => {
  expect(stretch({ score: 0.4, std: 0.1 }, range, 1).std).toBeCloseTo(0.25, 12);
  expect(stretch({ score: 0.4, std: null }, range, 1).std).toBeNull();
});

it('changes nothing where the range has no width, or a label is not known', () => {
  const raw = { score: 0.4, std: 0.1 };
  expect(stretch(raw, { p5: 0.5, p95: 0.5 }, 1)).toEqual(raw);
  expect(stretch(raw, { p5: 0.6, p95: 0.5 }, 1)).toEqual(raw);
  const { calibrate } = calibrationOf('1', 100, [{ head: 'mood_happy', label: 'happy', ...range, samples: 500 }]);
  expect(calibrate('mood_happy', 'non_happy', raw)).toEqual(raw);
  expect(calibrate('mood_other', 'happy', raw)).toEqual(raw);
});

it('believes a range in proportion to its samples, without a step anywhere', () => {
  expect([0, LEAST_SAMPLES, 60, 100, 5000].map((samples) => weightOf(samples, 100))).toEqual([0, 0, 0.5, 1, 1]);
  expect(weightOf(null, 100)).toBe(1);
  for (let samples = 1; samples <= 200; samples++) {
    const step = weightOf(samples, 100) - weightOf(samples - 1, 100);
    expect(step).toBeGreaterThanOrEqual(0);
    expect(step).toBeLessThanOrEqual(1 / (100 - LEAST_SAMPLES) + 1e-12);
  }
  const half = stretch({ score: 0.4, std: 0.1 }, range, 0.5);
  expect(half.score).toBeCloseTo((0.5 + 0.4) / 2, 12);
  expect(half.std).toBeCloseTo((0.25 + 0.1) / 2, 12);
});

it('keeps strict within regular within loose, whatever the scores and the ranges are', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const heads = ['mood_happy:happy', 'mood_sad:sad', 'danceability:danceable', 'mood_acoustic:acoustic'];
  const settings = {
    ...{ namespace: 'nom', write_standard_fields: false, write_alias_keys: false, overwrite_standard_fields: false },
  };
  fc.assert(
    fc.property(
      fc.array(fc.record({ score: share, std: share, p5: share, p95: share }), { minLength: 4, maxLength: 4 }),
      (drawn) => {
        const ranges = drawn.map(({ p5, p95 }, i) => {
          const [head, label] = heads[i].split(':');
          return { head, label, p5, p95, samples: 500 };
        });
        const analyzed = drawn.flatMap(({ score, std }, i) => {
          const [head, label] = heads[i].split(':');
          return headsOf({ [head]: { [label]: score, [`non_${label}`]: 1 - score } }, std / 4);
        });
        const { calibrate } = calibrationOf('1', 100, ranges);
        const lists = wantedTags({ version: 'v1', heads: analyzed, descriptors: null }, 'minimal', settings, {
          ...NO_CALIBRATION,
          calibrate,
        }).tags;
        const [strict, regular, loose] = ['strict', 'regular', 'loose'].map((tier) => lists[`mood-${tier}`] ?? []);
        expect(strict.every((mood) => regular.includes(mood))).toBe(true);
        expect(regular.every((mood) => loose.includes(mood))).toBe(true);
      },
    ),
  );
});
