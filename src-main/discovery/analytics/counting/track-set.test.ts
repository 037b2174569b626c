import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepOnly, sizeOf, sizeOfBoth, trackSetOf, unionOf } from './track-set';

const someIds = fc.array(fc.integer({ min: 1, max: 300 }));

it('counts tracks as sets of their ids do, each once', () => {
  fc.assert(
    fc.property(someIds, someIds, (a, b) => {
      const [x, y] = [trackSetOf(a, 300), trackSetOf(b, 300)];
      const both = new Set(a.filter((id) => b.includes(id))).size;
      expect(sizeOf(x)).toBe(new Set(a).size);
      expect(sizeOfBoth(x, y)).toBe(both);
      expect(sizeOf(unionOf([x, y]))).toBe(new Set([...a, ...b]).size);
      keepOnly(x, y);
      expect(sizeOf(x)).toBe(both);
    }),
  );
});

it('is empty where there are no sets', () => {
  expect(sizeOf(unionOf([]))).toBe(0);
});
