import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { hasFfmpeg } from '../../test/corpus/build';
import { HAPPY, sha, workbench } from '../../test/corpus/workbench';
import { openDatabase } from '../database';
import { createTagWriter, type TagWriter } from '.';

const bench = workbench();
let folder = '';
let file = '';
let writer: TagWriter;
beforeEach(() => {
  ({ folder, file, writer } = bench());
});

describe.skipIf(!hasFfmpeg)('Recovery (needs ffmpeg)', () => {
  it.each(['copy', 'attributes', 'verify', 'sync', 'journal', 'rename', 'sync-folder', 'settle'] as const)(
    'settles what a crash at the step "%s" left open, on the way there and on the way back',
    async (at) => {
      const db = openDatabase(':memory:');
      const original = sha(file);
      for (const direction of ['write', 'undo'] as const) {
        const before = sha(file);
        await crashAt(at, db, direction);
        const again = createTagWriter({ db, reserveBytes: 0 });
        const { removed } = await again.recover();
        expect(removed).toBe(['copy', 'sync-folder', 'settle'].includes(at) ? 0 : 1);
        expect(readdirSync(folder)).toEqual(['song.flac']);
        const isDone = at === 'sync-folder' || at === 'settle';
        expect(sha(file) !== before).toBe(isDone);
        if (!isDone && direction === 'write') await again.write(await again.plan(file, HAPPY));
        if (!isDone && direction === 'undo') await again.undoFile(file);
      }
      expect(sha(file)).toBe(original);
      expect(createTagWriter({ db }).list({ limit: 9 })[0].state).toBe('undone');
    },
  );

  it('leaves files alone that only look like a left-over', async () => {
    const names = ['.tonearm-notes.tmp', '.tonearm-0123456789ab.tmp.flac', 'tonearm-0123456789ab.tmp'];
    for (const name of names) writeFileSync(join(folder, name), 'mine');
    writeFileSync(join(folder, '.tonearm-0123456789ab.tmp'), 'left over');
    expect(await writer.recover([folder])).toEqual({ written: 0, abandoned: 0, removed: 1 });
    for (const name of names) {
      expect(existsSync(join(folder, name))).toBe(true);
      rmSync(join(folder, name));
    }
  });

  it('waits for a drive that is not there', async () => {
    const db = openDatabase(':memory:');
    await crashAt('rename', db, 'write');
    renameSync(folder, `${folder}-away`);
    await createTagWriter({ db }).recover();
    expect(createTagWriter({ db }).list({ limit: 1 })[0].state).toBe('prepared');
    renameSync(`${folder}-away`, folder);
    expect(await createTagWriter({ db }).recover()).toEqual({ written: 0, abandoned: 1, removed: 1 });
  });
});

/** Ends everything at a step as a killed process would: nothing after it runs, nothing is cleaned up. */
async function crashAt(at: string, db: ReturnType<typeof openDatabase>, direction: 'write' | 'undo'): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const dying = createTagWriter({
    db,
    reserveBytes: 0,
    onStep: (step) => {
      if (step !== at) return;
      reached.resolve();
      return new Promise(() => {});
    },
  });
  if (direction === 'undo') void dying.undoFile(file);
  else void dying.write(await dying.plan(file, HAPPY));
  await reached.promise;
}
