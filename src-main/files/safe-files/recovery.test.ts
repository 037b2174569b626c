import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { HAPPY, SAD, sha, workbench } from '../../../test/corpus/workbench';
import { requires } from '../../../test/support/requirements';
import { aTagWriter } from '../../../test/support/tag-writer';
import { openDatabase } from '../../platform/database';
import { STEPS } from '.';

const { describe } = requires('ffmpeg');

const bench = workbench();
/** A dead process has let go of its files; what stands for it here must not be found by the garbage collector. */
const dead: unknown[] = [];
let folder = '';
let file = '';
beforeEach(() => {
  ({ folder, file } = bench());
});

describe('Recovery', () => {
  // In the middle of a copy a file is open: there a process of its own is struck, in test/reliability.
  it.each(STEPS.filter((step) => step !== 'fill'))(
    'settles what a crash at the step "%s" left open, on the way there and on the way back',
    async (at) => {
      const db = openDatabase(':memory:');
      const original = sha(file);
      for (const direction of ['write', 'undo'] as const) {
        const before = sha(file);
        await crashAt(at, db, direction);
        const again = aTagWriter({ db, reserveBytes: 0 });
        const { removed } = await again.recover();
        expect(removed).toBe(['note-folder', 'copy', 'sync-folder', 'settle'].includes(at) ? 0 : 1);
        expect(readdirSync(folder)).toEqual(['song.flac']);
        const isDone = at === 'sync-folder' || at === 'settle';
        expect(sha(file) !== before).toBe(isDone);
        if (!isDone && direction === 'write') await again.write(await again.plan(file, HAPPY));
        if (!isDone && direction === 'undo') await again.undoFile(file);
      }
      expect(sha(file)).toBe(original);
      expect(aTagWriter({ db }).list({ limit: 9 })[0].state).toBe('undone');
    },
  );

  it('leaves files alone that only look like a left-over', async () => {
    const { writer } = bench();
    await writer.write(await writer.plan(file, HAPPY));
    const names = ['.tonearm-notes.tmp', '.tonearm-0123456789ab.tmp.flac', 'tonearm-0123456789ab.tmp'];
    for (const name of names) writeFileSync(join(folder, name), 'mine');
    writeFileSync(join(folder, '.tonearm-0123456789ab.tmp'), 'left over');
    expect(await writer.recover()).toEqual({ written: 0, abandoned: 0, removed: 1 });
    for (const name of names) {
      expect(existsSync(join(folder, name))).toBe(true);
      rmSync(join(folder, name));
    }
  });

  it('waits for a drive that is not there, or of which only the mount point is', async () => {
    const db = openDatabase(':memory:');
    await crashAt('rename', db, 'write');
    renameSync(folder, `${folder}-away`);
    const again = aTagWriter({ db });
    await again.recover();
    mkdirSync(folder);
    expect(await again.recover()).toEqual({ written: 0, abandoned: 0, removed: 0 });
    expect(again.list({ limit: 1 })[0].state).toBe('prepared');
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-away`, folder);
    expect(await again.recover()).toEqual({ written: 0, abandoned: 1, removed: 1 });
  });

  it('settles what is below a folder that is there again, while others write there and elsewhere', async () => {
    const db = openDatabase(':memory:');
    await crashAt('rename', db, 'write');
    const { promise: goesOn, resolve: goOn } = Promise.withResolvers<void>();
    const { promise: isWriting, resolve: writes } = Promise.withResolvers<void>();
    const onStep = (step: string) => {
      if (step !== 'verify') return;
      writes();
      return goesOn;
    };
    const writer = aTagWriter({ db, reserveBytes: 0, onStep });
    const other = join(folder, 'other.flac');
    copyFileSync(file, other);
    const writing = writer.plan(other, HAPPY).then((plan) => writer.write(plan));
    await isWriting;
    expect(await writer.recover(`${folder}-not`)).toEqual({ written: 0, abandoned: 0, removed: 0 });
    expect(await writer.recover(folder)).toEqual({ written: 0, abandoned: 1, removed: 1 });
    // Should this process die now, the copy that is still being made must be found.
    expect(db.prepare('SELECT folder FROM file_write_folder').pluck().all()).toEqual([folder]);
    goOn();
    expect(await writing).toMatchObject({ path: other });
    expect(await writer.recover(folder)).toEqual({ written: 0, abandoned: 0, removed: 0 });
    expect(readdirSync(folder)).toEqual(['other.flac', 'song.flac']);
  });

  it.each(['undoFile', 'undoJob', 'undo'] as const)(
    'leaves nothing open that was done and not taken down: the next write and %s build upon it',
    async (way) => {
      const original = sha(file);
      let fails = true;
      const onStep = (step: string) => {
        if (step === 'settle' && fails) throw new Error('The database cannot take it down.');
      };
      const writer = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0, onStep });
      const undo = (id: number) => (way === 'undoFile' ? writer.undoFile(file) : writer[way](way === 'undo' ? id : 7));
      await expect(writer.write(await writer.plan(file, HAPPY), { jobId: 7 })).rejects.toThrow();
      fails = false;
      await writer.write(await writer.plan(file, SAD));
      await writer.undoFile(file);
      fails = true;
      await undo(1).catch(() => {});
      expect(sha(file)).toBe(original);
      fails = false;
      await writer.write(await writer.plan(file, HAPPY));
      expect(writer.list({ path: file }).map(({ state }) => state)).toEqual(['written', 'undone', 'undone']);
    },
  );
});

/** Ends everything at a step as a killed process would: nothing after it runs, nothing is cleaned up. */
async function crashAt(at: string, db: ReturnType<typeof openDatabase>, direction: 'write' | 'undo'): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const dying = aTagWriter({
    db,
    reserveBytes: 0,
    onStep: (step) => {
      if (step !== at) return;
      reached.resolve();
      const forever = new Promise<void>(() => {});
      dead.push(forever);
      return forever;
    },
  });
  if (direction === 'undo') void dying.undoFile(file);
  else void dying.write(await dying.plan(file, HAPPY));
  await reached.promise;
}
