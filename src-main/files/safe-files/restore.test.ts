import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partsOf, restoreOf } from './restore';
import { sourceOfBytes } from './source';
import { eachByteOf, inOrder, type Part, partsAfter } from './splice';

async function made(parts: readonly Part[], from: Buffer): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await eachByteOf(parts, sourceOfBytes(from), async (piece) => void pieces.push(piece));
  return Buffer.concat(pieces);
}

function noise(length: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    }),
  );
}

it('leads from the new file back to the old one, whatever was spliced', async () => {
  const edits = fc.array(
    fc.record({ gap: fc.nat(300), remove: fc.nat(300), insert: fc.uint8Array({ maxLength: 300 }) }),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), edits, async (bytes, changes) => {
      const old = Buffer.from(bytes);
      let at = 0;
      const splices = inOrder(
        changes.flatMap(({ gap, remove, insert }) => {
          const offset = at + gap;
          at = offset + remove;
          return at <= old.length ? [{ offset, remove, insert }] : [];
        }),
      );
      const restore = await restoreOf(sourceOfBytes(old), splices);
      const after = await made(partsAfter(old.length, splices), old);
      expect(await made(partsOf(restore), after)).toEqual(old);
    }),
    { seed: 7, numRuns: 150 },
  );
});

it('takes a picture that only moved from the new file instead of keeping it', async () => {
  const picture = noise(200_000, 3);
  const old = Buffer.concat([Buffer.from('old words '), picture, noise(5000, 9)]);
  const insert = Buffer.concat([
    Buffer.from('other and longer words '),
    picture.subarray(0, 90_000),
    Buffer.from('--'),
    picture.subarray(90_000),
  ]);
  const splices = [{ offset: 0, remove: 10 + picture.length, insert }];
  const restore = await restoreOf(sourceOfBytes(old), splices);
  expect(restore.length).toBeLessThan(200);
  expect(await made(partsOf(restore), await made(partsAfter(old.length, splices), old))).toEqual(old);
});
