import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { attribute, HAPPY, refused, SAD, sha, workbench } from '../../../../test/corpus/workbench';
import { requires } from '../../../../test/support/requirements';
import type { WriterOfTags } from '../../../../test/support/tag-writer';
import { readTags } from '../../../files/tag-formats';

const { describe } = requires('ffmpeg');

const bench = workbench();
let folder = '';
let file = '';
let writer: WriterOfTags;
beforeEach(() => {
  ({ folder, file, writer } = bench());
});

describe('What a write does', () => {
  it('tells what it will change, field by field, and changes exactly that', async () => {
    const plan = await writer.plan(file, HAPPY);
    expect(plan.changes).toEqual([
      { field: 'nom:happy', old: [], new: ['0.8123'] },
      { field: 'nom:mood-strict', old: [], new: ['happy', 'calm'] },
    ]);
    const written = await writer.write(plan);
    expect(written?.changes).toEqual(plan.changes);
    expect(await readTags(file, 'nom')).toEqual(HAPPY.tags);
    expect((await writer.plan(file, SAD)).changes).toEqual([
      { field: 'nom:happy', old: ['0.8123'], new: [] },
      { field: 'nom:mood-strict', old: ['happy', 'calm'], new: ['sad'] },
    ]);
  });

  it('does not touch a file that already carries what is wanted', async () => {
    await writer.write(await writer.plan(file, HAPPY));
    const { ino, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    expect(await writer.write(await writer.plan(file, HAPPY))).toBeNull();
    expect(statSync(file, { bigint: true })).toMatchObject({ ino, mtimeNs, ctimeNs });
    expect(writer.list({ path: file })).toHaveLength(1);
  });

  it('removes every tag of the namespace when none is wanted, and nothing else', async () => {
    const before = sha(file);
    await writer.write(await writer.plan(file, HAPPY));
    await writer.write(await writer.plan(file, { namespace: 'nom', tags: {} }));
    expect(await readTags(file, 'nom')).toEqual({});
    await writer.undoFile(file);
    await writer.undoFile(file);
    expect(sha(file)).toBe(before);
  });

  it('keeps mode and time, and takes a new time when asked', async () => {
    chmodSync(file, 0o640);
    utimesSync(file, 1_000_000_000, 1_000_000_000);
    await writer.write(await writer.plan(file, HAPPY));
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(statSync(file).mtimeMs).toBe(1_000_000_000_000);
    await writer.write(await writer.plan(file, SAD), { keepMtime: false });
    expect(statSync(file).mtimeMs).toBeGreaterThan(1_500_000_000_000);
  });

  requires('extended attributes').it('keeps extended attributes', async () => {
    attribute(file, 'os.setxattr(sys.argv[1], "user.rating", b"5")');
    await writer.write(await writer.plan(file, HAPPY));
    expect(attribute(file, 'print(os.getxattr(sys.argv[1], "user.rating").decode())')).toBe('5');
  });

  it('writes through a symbolic link into the file that it names', async () => {
    const link = join(folder, 'link.flac');
    symlinkSync(file, link);
    await writer.write(await writer.plan(link, HAPPY));
    expect(await readTags(file, 'nom')).toEqual(HAPPY.tags);
    expect(
      readdirSync(folder, { withFileTypes: true })
        .find(({ name }) => name === 'link.flac')
        ?.isSymbolicLink(),
    ).toBe(true);
  });

  it('writes standard fields only where the file has none, unless told to', async () => {
    const standard = { bpm: '128.4', initialkey: 'Am', replaygain_track_gain: '-7.00 dB' };
    await writer.write(await writer.plan(file, { ...HAPPY, standard }));
    const other = { ...HAPPY, standard: { ...standard, bpm: '90' } };
    expect((await writer.plan(file, other)).changes).toEqual([]);
    expect((await writer.plan(file, { ...other, overwriteStandard: true })).changes).toEqual([
      { field: 'bpm', old: ['128'], new: ['90'] },
    ]);
  });

  it("reads Nomarr's Vorbis comments under their keys, and replaces them by ours", async () => {
    withComments(file, ['NOM_MOOD_STRICT=peppy', 'NOM_HAPPY_ESSENTIA21B6_MUSICNN20200331=0.7', 'NOMINAL=not ours']);
    expect(await readTags(file, 'nom')).toEqual({
      'mood-strict': ['peppy'],
      happy_essentia21b6_musicnn20200331: ['0.7'],
    });
    await writer.write(await writer.plan(file, { namespace: 'nom', tags: { 'mood-strict': ['peppy'] } }));
    expect(await readTags(file, 'nom')).toEqual({ 'mood-strict': ['peppy'] });
    const text = readFileSync(file, 'latin1');
    expect(text).toContain('NOM:MOOD-STRICT=peppy');
    expect(text).toContain('NOMINAL=not ours');
    expect(text).not.toContain('NOM_MOOD_STRICT');
  });

  it('takes names of 255 bytes, emoji, line breaks and right-to-left', async () => {
    for (const stem of ['é'.repeat(125), '🎺🎻', 'a\nb', 'שיר', ' blank ', '-rf', '$(touch x)', "it's"]) {
      const path = join(folder, `${stem}.flac`);
      copyFileSync(file, path);
      await writer.write(await writer.plan(path, HAPPY));
      expect(await readTags(path, 'nom'), stem).toEqual(HAPPY.tags);
    }
  });

  it('refuses keys and values that no file could hold', async () => {
    await refused('invalid_input', writer.plan(file, { namespace: 'nom', tags: { 'a\0b': ['x'] } }));
    await refused('invalid_input', writer.plan(file, { namespace: 'nom', tags: { a: ['x\0y'] } }));
    await refused('invalid_input', writer.plan(file, { namespace: 'nom', tags: { '': ['x'] } }));
  });
});

/** A FLAC file with these comments only. */
function withComments(path: string, comments: readonly string[]): void {
  const bytes = readFileSync(path);
  const body = [Buffer.alloc(4), Buffer.from(Uint32Array.of(comments.length).buffer)];
  for (const comment of comments) body.push(Buffer.from(Uint32Array.of(comment.length).buffer), Buffer.from(comment));
  const block = Buffer.concat(body);
  let audioAt = 4;
  for (let isLast = false; !isLast; ) {
    isLast = (bytes[audioAt] & 0x80) !== 0;
    audioAt += 4 + bytes.readUIntBE(audioAt + 1, 3);
  }
  const head = Buffer.from([0x84, 0, block.length >> 8, block.length & 255]);
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from('fLaC\0\0\0\x22', 'latin1'),
      bytes.subarray(8, 42),
      head,
      block,
      bytes.subarray(audioAt),
    ]),
  );
}
