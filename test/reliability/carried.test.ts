import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourceOfBytes } from '../../src-main/files/safe-files/source';
import { newApe } from '../../src-main/files/tag-formats/mpeg/apev2';
import { openTags } from '../../src-main/files/tag-formats/open-tags';
import { editFor } from '../../src-main/files/tag-formats/our-tags';
import type { TagField } from '../../src-main/files/tag-formats/tag-file/tag-file';
import type { WantedTags } from '../../src-main/files/tag-formats/tag-file/wanted-tags';
import { buildSmallFiles } from '../corpus/build';
import { id3v1 } from '../corpus/bytes';
import { readByTagLib } from '../corpus/readers';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { roundTrip } from './round-trip';

const { describe } = requires('ffmpeg');

const folder = temporaryFolder('carried');
const HAPPY = { happy: ['0.9'] };
let audio: Buffer;

describe('The first ID3v2 tag of a file with an older tag', () => {
  beforeAll(async () => {
    await buildSmallFiles(join(folder.path, 'made'), 0);
    const made = readFileSync(join(folder.path, 'made', '00.mp3'));
    const size = made.subarray(6, 10).reduce((sum, seven) => sum * 128 + seven, 0);
    audio = made.subarray(10 + size);
  });
  afterAll(() => folder.remove());

  /** What would be carried over beside ours: field → values. */
  async function carriedBy(file: Buffer, wanted: Partial<WantedTags> = {}): Promise<Record<string, unknown>> {
    const opened = await openTags(sourceOfBytes(file));
    const { changes } = editFor(opened, { namespace: 'nom', tags: HAPPY, ...wanted });
    return Object.fromEntries(changes.map((change) => [change.field, change.new]));
  }
  const withApe = (...fields: TagField[]) => Buffer.concat([audio, newApe(fields)]);
  const bpm = { field: 'bpm', values: ['96'] };

  it('is given no tempo of ours where the older one has one, unless it is to be overwritten', async () => {
    const standard = { bpm: '121' };
    expect(await carriedBy(withApe(bpm), { standard })).toEqual({ 'nom:happy': ['0.9'], bpm: ['96'] });
    const overwritten = await carriedBy(withApe(bpm), { standard, overwriteStandard: true });
    expect(overwritten).toEqual({ 'nom:happy': ['0.9'], bpm: ['121'] });
    const after = await roundTrip(withApe(bpm), HAPPY, { standard, overwriteStandard: true });
    expect(after?.toString('latin1').match(/TBPM/g)).toHaveLength(1);
  });

  it('is not made for what is to be carried over alone', async () => {
    expect(await carriedBy(withApe(bpm), { tags: {}, standard: { bpm: '121' } })).toEqual({});
  });

  it('takes nothing of our namespace, nothing empty, and nothing larger than a megabyte', async () => {
    const text = (field: string, value: string): TagField => ({ field, values: [value] });
    const file = withApe(text('nom:sad', '0.2'), text('mood', ' '), text('lyrics', 'la '.repeat(400_000)), bpm);
    expect(await carriedBy(file)).toEqual({ 'nom:happy': ['0.9'], bpm: ['96'] });
  });

  it('names the genre of each number of ID3v1 as TagLib does, and keeps its comment', async () => {
    for (let genre = 0; genre < 256; genre++) {
      const tag = id3v1();
      tag[127] = genre;
      tag.write('a remark', 97, 'latin1');
      const file = Buffer.concat([audio, tag]);
      const path = join(folder.path, 'numbered.mp3');
      writeFileSync(path, file);
      const found = (await readByTagLib(path)) as Record<string, string[]>;
      const carried = await carriedBy(file);
      expect(carried.genre, String(genre)).toEqual(found.genre);
      expect(carried.comment).toEqual(found.comment);
    }
  });
});
