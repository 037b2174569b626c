import { copyFileSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { HAPPY, leftAlone, refused, SAD, sha, workbench } from '../../../test/corpus/workbench';
import { requires } from '../../../test/support/requirements';
import { aTagWriter, type WriterOfTags } from '../../../test/support/tag-writer';
import { openDatabase } from '../../platform/database';

const { describe } = requires('ffmpeg');

const bench = workbench();
let base = '';
let folder = '';
let file = '';
let writer: WriterOfTags;
beforeEach(() => {
  ({ base, folder, file, writer } = bench());
});

describe('Undo', () => {
  it('puts a file back byte for byte, with its time, the latest write first', async () => {
    utimesSync(file, 1_234_567_890, 1_234_567_890.5);
    const hashes = [sha(file)];
    for (const wanted of [HAPPY, SAD, HAPPY]) {
      await writer.write(await writer.plan(file, wanted), { keepMtime: false });
      hashes.push(sha(file));
    }
    for (const hash of hashes.slice(0, -1).reverse()) {
      await writer.undoFile(file);
      expect(sha(file)).toBe(hash);
    }
    expect(statSync(file).mtimeMs).toBe(1_234_567_890_500);
    await refused('not_found', writer.undoFile(file));
  });

  it('undoes a whole job, and says which files it could not put back', async () => {
    const files = readdirSync(join(base, 'made')).map((name) => {
      copyFileSync(join(base, 'made', name), join(folder, name));
      return join(folder, name);
    });
    const before = files.map(sha);
    for (const path of files) await writer.write(await writer.plan(path, HAPPY), { jobId: 7 });
    writeFileSync(files[2], 'someone else');
    const results = await writer.undoJob(7);
    expect(results.filter(({ undone }) => !undone).map(({ path, reason }) => [path, reason?.code])).toEqual([
      [files[2], 'file_changed'],
    ]);
    expect(files.map(sha).filter((hash, index) => hash === before[index])).toHaveLength(files.length - 1);
  });

  it('refuses when the file was changed since, or a later write stands before it', async () => {
    const first = await writer.write(await writer.plan(file, HAPPY));
    await writer.write(await writer.plan(file, SAD));
    await leftAlone(file, 'file_changed', () => writer.undo(first!.id));
    await writer.undoFile(file);
    await writer.undo(first!.id);
    await refused('conflict', writer.undo(first!.id));
    await refused('not_found', writer.undo(99));
  });

  it('finds a file again that was moved', async () => {
    const before = sha(file);
    await writer.write(await writer.plan(file, HAPPY));
    const moved = join(folder, 'moved.flac');
    renameSync(file, moved);
    writer.moved(file, moved);
    await writer.undoFile(moved);
    expect(sha(moved)).toBe(before);
  });

  it('stores little for it', async () => {
    const db = openDatabase(':memory:');
    const small = aTagWriter({ db, reserveBytes: 0 });
    for (const name of readdirSync(join(base, 'made'))) {
      const path = join(folder, name);
      copyFileSync(join(base, 'made', name), path);
      await small.write(await small.plan(path, HAPPY));
    }
    const { most } = db.prepare<[], { most: number }>('SELECT MAX(LENGTH(restore)) AS most FROM file_write').get()!;
    expect(most).toBeLessThan(500);
  });
});
