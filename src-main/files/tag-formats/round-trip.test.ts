import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { buildSmallFiles } from '../../../test/corpus/build';
import {
  dsdBytes,
  extended,
  id3v1,
  id3v22,
  monkeysBytes,
  musepackBytes,
  unsynchronised,
} from '../../../test/corpus/bytes';
import { requires } from '../../../test/support/requirements';
import { partsOf, restoreOf } from '../safe-files/restore';
import { sourceOfBytes } from '../safe-files/source';
import { eachByteOf, inOrder, type Part, partsAfter } from '../safe-files/splice';
import { openTags } from './open-tags';
import { editFor, ourTags } from './our-tags';
import { payloadHashOf } from './read-tags';

const { describe } = requires('ffmpeg');

const KINDS =
  `mp3 flac ogg opus m4a wav aiff wv wma ape mpc dsf mp3-id3v22 mp3-extended mp3-unsynchronised mp3-id3v1`.split(' ');
const files = new Map<string, Buffer>();
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Keys that every container can hold; values are any text. */
const keys = fc.stringMatching(/^[a-z0-9][a-z0-9 _:=%.~-]{0,30}[a-z0-9]$/);
const values = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 4 });
const tagSets = fc.array(fc.dictionary(keys, values, { maxKeys: 25 }), { minLength: 1, maxLength: 4 });

describe('Tags of any content', () => {
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tonearm-round-trip-'));
    for (const path of await buildSmallFiles(folder, 0)) files.set(extname(path).slice(1), readFileSync(path));
    rmSync(folder, { recursive: true });
    const mp3 = files.get('mp3')!;
    const bare = mp3.subarray(mp3.indexOf(Buffer.from([0xff, 0xfb])));
    files.set('ape', monkeysBytes()).set('mpc', musepackBytes()).set('dsf', dsdBytes());
    files.set('mp3-id3v22', Buffer.concat([id3v22(), bare])).set('mp3-extended', Buffer.concat([extended(), bare]));
    files
      .set('mp3-unsynchronised', Buffer.concat([unsynchronised(), bare]))
      .set('mp3-id3v1', Buffer.concat([bare, id3v1()]));
  });

  it.each(KINDS)(
    'come back from %s as they were written, beside everything that was there, and can be undone',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(tagSets, async (sets) => {
          let bytes = files.get(kind)!;
          for (const tags of sets) bytes = await writeAndCheck(bytes, usable(tags));
        }),
        { seed: 20_261_121, numRuns: 12 },
      );
    },
  );
});

async function writeAndCheck(before: Buffer, tags: Record<string, string[]>): Promise<Buffer> {
  const source = sourceOfBytes(before);
  const file = await openTags(source);
  const { edit, changes } = editFor(file, { namespace: 'nom', tags });
  const splices = inOrder(await file.edit(edit));
  const restore = await restoreOf(source, splices);
  const after = await made(partsAfter(before.length, splices), before);

  const written = await openTags(sourceOfBytes(after));
  expect(ourTags(written, 'nom')).toEqual(tags);
  expect(editFor(written, { namespace: 'nom', tags }).changes).toEqual([]);
  expect(await payloadHashOf(written)).toBe(await payloadHashOf(file));
  const added = new Set(changes.map(({ field }) => field));
  const others = (of: typeof file) =>
    of.items.filter(({ field }) => !field || !added.has(field)).map(({ bytes }) => sha(bytes));
  expect(others(written)).toEqual(others(file));
  expect(sha(await made(partsOf(restore), after))).toBe(sha(before));
  return after;
}

async function made(parts: readonly Part[], from: Buffer): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await eachByteOf(parts, sourceOfBytes(from), async (piece) => void pieces.push(piece));
  return Buffer.concat(pieces);
}

/** As the plan takes them: no zero characters, no leading byte order mark. */
function usable(tags: Record<string, string[]>): Record<string, string[]> {
  const entries = Object.entries(tags).map(
    ([key, values]) => [key, values.map((value) => value.replaceAll('\0', '0').replace(/^\uFEFF+/, 'b'))] as const,
  );
  return Object.fromEntries(entries);
}
