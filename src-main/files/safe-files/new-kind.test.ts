import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/small-music';
import { type Database, openDatabase } from '../../platform/database';
import { findStamp } from '../../platform/file-stamp';
import { AppError } from '../../rpc';
import { createSafeFiles, type FileKind, type JournalEntry, type SafeFiles, type SafeFilesParts, STEPS } from '.';

/** A kind of file that nobody has written before: all that has to be said of it. */
const NOTE: FileKind = {
  kind: 'note',
  keeps: { wholeUpToBytes: 1000 },
  async verify(copy) {
    const text = (await copy.read(0, copy.size)).toString();
    if (text.includes('?')) throw new AppError('unsupported_file', 'A note asks nothing.');
  },
};

let db: Database;
let folder: string;
let path: string;
let files: SafeFiles;
/** What would let go of its files when a process ends must not be found by the garbage collector before that. */
const dead: unknown[] = [];

function start(parts: Partial<SafeFilesParts> = {}, kind = NOTE): SafeFiles {
  const made = createSafeFiles({ db, ...parts });
  made.register(kind);
  return made;
}

beforeEach((test) => {
  const home = temporaryFolder('note');
  test.onTestFinished(home.remove);
  db = openDatabase(':memory:');
  folder = join(home.path, 'notes');
  path = join(folder, 'a.note');
  mkdirSync(folder);
  writeFileSync(join(folder, 'neighbour'), '');
  files = start();
});

const read = () => (existsSync(path) ? readFileSync(path, 'utf8') : null);
const names = () => readdirSync(folder).filter((name) => name !== 'neighbour');

async function put(text: string, by = files) {
  const expected = (await findStamp(path)) ?? null;
  return by.write({ path, kind: 'note', expected, prepare: async () => ({ content: Buffer.from(text) }) });
}

async function remove(by = files): Promise<number> {
  return by.remove({ path, kind: 'note', expected: (await findStamp(path))! });
}

it('is made, replaced, removed and undone step by step, with its mode and time', async () => {
  await put('first');
  chmodSync(path, 0o640);
  utimesSync(path, 1000, 1000);
  await put('second, and longer');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  await remove();
  expect(names()).toEqual([]);
  expect(await files.undoFile(path)).toMatchObject({ undone: true });
  expect(read()).toBe('second, and longer');
  await files.undoFile(path);
  expect([read(), statSync(path).mtimeMs]).toEqual(['first', 1_000_000]);
  await files.undoFile(path);
  expect(names()).toEqual([]);
  await expect(files.undoFile(path)).rejects.toMatchObject({ code: 'not_found' });
});

it('makes the folder that it goes into, and is undone with its job, the latest write first', async () => {
  path = join(folder, 'new', 'deep', 'a.note');
  const write = (text: string, expected: Awaited<ReturnType<typeof findStamp>>) =>
    files.write({
      ...{ path, kind: 'note', expected: expected ?? null, jobId: 4 },
      prepare: async () => ({ content: Buffer.from(text) }),
    });
  await write('one', undefined);
  await write('two', await findStamp(path));
  expect((await files.undoJob(4)).map(({ undone }) => undone)).toEqual([true, true]);
  expect(existsSync(path)).toBe(false);
});

describe.each(['create', 'replace', 'remove'] as const)('%s', (action) => {
  const [before, after] = { create: [null, 'new'], replace: ['old', 'new'], remove: ['old', null] }[action];
  const act = (by: SafeFiles) => (action === 'remove' ? remove(by) : put('new', by));
  const reached = (step: string) =>
    action !== 'remove' || ['journal', 'rename', 'sync-folder', 'settle'].includes(step);

  it.each(STEPS.filter((step) => reached(step)))(
    'is settled after a crash at the step "%s", on the way there and on the way back',
    async (at) => {
      if (before) await put(before);
      for (const direction of ['write', 'undo'] as const) {
        const [from, to] = direction === 'write' ? [before, after] : [after, before];
        const isReached = await crashAt(at, direction, act);
        await start().recover();
        const isDone = !isReached || at === 'sync-folder' || at === 'settle';
        expect(read(), direction).toBe(isDone ? to : from);
        expect(names()).toEqual(read() === null ? [] : ['a.note']);
        if (!isDone) await (direction === 'write' ? act(start()) : start().undoFile(path));
        expect(read(), direction).toBe(to);
      }
      expect(start().list({ path })[0].state).toBe('undone');
    },
  );

  it('leaves everything as it was when another program comes between', async () => {
    if (before) await put(before);
    const disturbed = start({
      onStep(step) {
        if (step === 'rename') writeFileSync(path, 'theirs');
      },
    });
    await expect(act(disturbed)).rejects.toMatchObject({ code: 'file_changed' });
    expect([read(), names()]).toEqual(['theirs', ['a.note']]);
    expect(files.list({ path })[0].state).toBe('abandoned');
  });
});

it('is neither replaced nor removed when it is larger than can be kept, nor when the copy is not what it has to be', async () => {
  await put('good');
  await expect(put('Is it?')).rejects.toMatchObject({ code: 'unsupported_file' });
  writeFileSync(path, 'x'.repeat(1001));
  await expect(put('short')).rejects.toMatchObject({ code: 'too_large' });
  await expect(remove()).rejects.toMatchObject({ code: 'too_large' });
  expect([read(), names()]).toEqual(['x'.repeat(1001), ['a.note']]);
});

it('is not taken away by an undo when somebody has changed it or put another in its place', async () => {
  await put('ours');
  writeFileSync(path, 'theirs');
  await expect(files.undoFile(path)).rejects.toMatchObject({ code: 'file_changed' });
  writeFileSync(path, 'ours');
  await remove();
  writeFileSync(path, 'theirs');
  await expect(files.undoFile(path)).rejects.toMatchObject({ code: 'file_changed' });
  expect(read()).toBe('theirs');
});

it('tells its own domain of an undo, whose failure is reported and does not undo the undo', async () => {
  const undone: JournalEntry[] = [];
  const reported: unknown[] = [];
  files = start(
    { report: (thrown) => reported.push(thrown) },
    {
      ...NOTE,
      undone(entry) {
        undone.push(entry);
        throw new Error('no');
      },
    },
  );
  await put('text');
  expect(await files.undoFile(path)).toMatchObject({ undone: true });
  expect([undone[0].kind, undone[0].before, reported.length, read()]).toEqual(['note', null, 1, null]);
});

it('refuses kinds that nobody has registered, and one that is registered twice', async () => {
  const other = { path, kind: 'other', expected: null, prepare: async () => ({ content: Buffer.from('') }) };
  await expect(files.write(other)).rejects.toThrow(/"other"/);
  expect(() => files.register(NOTE)).toThrow(/twice/);
});

describe.skipIf(process.platform === 'win32')('Who may write in the folder', () => {
  it.each(['attributes', 'verify', 'sync', 'rename'] as const)(
    'gets nothing done to another file by a link in place of the copy, at the step "%s"',
    async (at) => {
      const secret = join(folder, '..', 'secret');
      writeFileSync(secret, 'of root', { mode: 0o600 });
      await put('old');
      chmodSync(path, 0o666);
      const attacked = start({
        onStep(step) {
          const temp = names().find((name) => name.endsWith('.tmp'));
          if (step !== at || !temp) return;
          renameSync(join(folder, temp), join(folder, `${temp}.moved`));
          symlinkSync(secret, join(folder, temp));
        },
      });
      const before = statSync(secret);
      await expect(put('new', attacked)).rejects.toMatchObject({ code: 'file_changed' });
      const { mode, uid, mtimeMs } = statSync(secret);
      expect([mode, uid, mtimeMs]).toEqual([before.mode, before.uid, before.mtimeMs]);
      expect([read(), readFileSync(secret, 'utf8')]).toEqual(['old', 'of root']);
    },
  );

  it('has no file read, replaced or removed through a link that took the place of ours', async () => {
    const secret = join(folder, '..', 'secret');
    writeFileSync(secret, 'of root');
    await put('old');
    const expected = (await findStamp(path))!;
    rmSync(path);
    symlinkSync(secret, path);
    await expect(files.remove({ path, kind: 'note', expected })).rejects.toMatchObject({ code: 'file_changed' });
    await expect(put('new')).rejects.toMatchObject({ code: 'file_changed' });
    await expect(files.undo(1)).rejects.toMatchObject({ code: 'file_changed' });
    expect(readFileSync(secret, 'utf8')).toBe('of root');
  });
});

/** Ends everything at a step as a killed process would; false when the step never came, and all was done. */
async function crashAt(at: string, direction: 'write' | 'undo', act: (by: SafeFiles) => Promise<unknown>) {
  const reached = Promise.withResolvers<boolean>();
  const dying = start({
    onStep(step) {
      if (step !== at) return;
      reached.resolve(true);
      const forever = new Promise<void>(() => {});
      dead.push(forever);
      return forever;
    },
  });
  const whole = direction === 'write' ? act(dying) : dying.undoFile(path);
  return Promise.race([reached.promise, whole.then(() => false)]);
}
