import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearest } from './nearest';
import { createVectorIndex, dot } from './vector-index';

it('finds what sorting everything finds', () => {
  const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 200 });
  fc.assert(
    fc.property(numbers, fc.nat({ max: 50 }), (values, count) => {
      const floats = Float32Array.from(values);
      const sorted = [...floats].sort((a, b) => b - a).slice(0, count);
      expect(nearest(floats, count).map((place) => floats[place])).toEqual(sorted);
    }),
  );
});

it('passes over what is not allowed', () => {
  expect(nearest(Float32Array.of(5, 4, 3, 2, 1), 2, (place) => place % 2 === 1)).toEqual([1, 3]);
});

it('keeps vectors together while tracks come and go', () => {
  const index = createVectorIndex(5);
  const vectors = new Map<number, Float32Array>();
  for (let track = 1; track <= 200; track++) {
    const vector = Float32Array.from({ length: 5 }, (_, at) => Math.sin(track * (at + 1)));
    index.set(track, vector);
    vectors.set(track, vector);
    if (track % 3 === 0) {
      index.remove(track - 1);
      vectors.delete(track - 1);
    }
  }
  expect(index.size).toBe(vectors.size);
  const query = index.vectorAt(index.placeOf(7)!).slice();
  const cosines = index.cosines(query);
  let sum = 0;
  for (const [track, vector] of vectors) {
    const expected = dot(vector, query) / Math.sqrt(dot(vector, vector));
    expect(cosines[index.placeOf(track)!]).toBeCloseTo(expected, 5);
    sum += [...vectors.keys()].reduce(
      (all, other) => all + dot(index.vectorAt(index.placeOf(track)!), index.vectorAt(index.placeOf(other)!)),
      0,
    );
  }
  expect(index.baseline()).toBeCloseTo(sum / vectors.size ** 2, 5);
});
