import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildSmallFiles, hasFfmpeg } from '../../test/corpus/build';
import { openDatabase } from '../database';
import type { ErrorCode } from '../errors';
import { createTagWriter, readTags, type TagWriter, type WantedTags } from '.';

const HAPPY: WantedTags = { namespace: 'nom', tags: { 'mood-strict': ['happy', 'calm'], happy: ['0.8123'] } };
const SAD: WantedTags = { namespace: 'nom', tags: { 'mood-strict': ['sad'] } };
const sha = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
/** Drives of memory need root; a container may forbid them all the same. */
const canMount = isRoot && tryMount();

let base = '';
let folder = '';
let file = '';
let writer: TagWriter;

describe.skipIf(!hasFfmpeg)('The safe write (needs ffmpeg)', () => {
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'tonearm-writer-'));
    await buildSmallFiles(join(base, 'made'), 8);
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  beforeEach(() => {
    folder = mkdtempSync(join(base, 'run-'));
    file = join(folder, 'song.flac');
    copyFileSync(join(base, 'made', '00.flac'), file);
    writer = createTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
  });
  afterEach(() => expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]));

  describe('what a write does', () => {
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

    it.skipIf(!canSetAttributes())('keeps extended attributes (needs Linux and Python)', async () => {
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

  describe('what it refuses, leaving the file as it was', () => {
    it('a file that changed since it was read', async () => {
      const plan = await writer.plan(file, HAPPY);
      utimesSync(file, new Date(), new Date(1_600_000_000_000));
      await leftAlone('file_changed', () => writer.write(plan));
    });

    it('a file that is replaced while the copy is made', async () => {
      for (const at of ['copy', 'verify', 'sync', 'rename'] as const) {
        const careful = createTagWriter({
          db: openDatabase(':memory:'),
          reserveBytes: 0,
          onStep(step) {
            if (step !== at) return;
            writeFileSync(`${file}.new`, 'another file');
            renameSync(`${file}.new`, file);
          },
        });
        copyFileSync(join(base, 'made', '00.flac'), file);
        await refused('file_changed', careful.write(await careful.plan(file, HAPPY)));
        expect(readFileSync(file, 'utf8'), at).toBe('another file');
        expect(careful.list({ limit: 1 }).every(({ state }) => state === 'abandoned')).toBe(true);
      }
    });

    it('a file that vanished', async () => {
      const plan = await writer.plan(file, HAPPY);
      rmSync(file);
      await refused('not_found', writer.write(plan));
      await refused('not_found', writer.plan(file, HAPPY));
    });

    it('a file that is marked read-only', async () => {
      const plan = await writer.plan(file, HAPPY);
      chmodSync(file, 0o444);
      await leftAlone('not_writable', () => writer.write(plan));
    });

    it('a file with other hard links, unless it may get a copy of its own', async () => {
      const other = join(folder, 'seeded.flac');
      linkSync(file, other);
      const plan = await writer.plan(file, HAPPY);
      await leftAlone('not_writable', () => writer.write(plan));
      await writer.write(plan, { hardLinks: 'break' });
      expect(sha(other)).toBe(sha(join(base, 'made', '00.flac')));
      expect(await readTags(file, 'nom')).toEqual(HAPPY.tags);
    });

    it('a file whose name does not fit its content', async () => {
      const path = join(folder, 'song.mp3');
      renameSync(file, path);
      await refused('unsupported_file', writer.plan(path, HAPPY));
    });

    it('two writes to one file at the same time', async () => {
      const plan = await writer.plan(file, HAPPY);
      const both = await Promise.allSettled([writer.write(plan), writer.write(plan)]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('a disk with too little room', async () => {
      const careful = createTagWriter({ db: openDatabase(':memory:'), reserveBytes: 2 ** 60 });
      const plan = await careful.plan(file, HAPPY);
      await leftAlone('disk_full', () => careful.write(plan));
    });

    it.skipIf(!canMount)('a disk that is full while it writes (needs root, to mount a small one)', async () => {
      await onDrive('size=600k', async (drive) => {
        const path = join(drive, 'song.wav');
        writeFileSync(path, withSound(400_000));
        const careless = createTagWriter({ db: openDatabase(':memory:'), reserveBytes: -(2 ** 40) });
        const plan = await careless.plan(path, HAPPY);
        const before = sha(path);
        await refused('disk_full', careless.write(plan));
        expect(sha(path)).toBe(before);
        expect(readdirSync(drive)).toEqual(['song.wav']);
      });
    });

    it.skipIf(!canMount)('a drive that is mounted for reading only (needs root)', async () => {
      await onDrive('size=4m', async (drive) => {
        const path = join(drive, 'song.flac');
        copyFileSync(file, path);
        const plan = await writer.plan(path, HAPPY);
        execFileSync('mount', ['-o', 'remount,ro', drive]);
        const before = sha(path);
        await refused('not_writable', writer.write(plan));
        expect(sha(path)).toBe(before);
        expect(readdirSync(drive)).toEqual(['song.flac']);
      });
    });

    it.skipIf(!canProtect())('a file or a folder that is protected (needs root and chattr)', async () => {
      for (const target of [file, folder]) {
        const plan = await writer.plan(file, HAPPY);
        const before = sha(file);
        execFileSync('chattr', ['+i', target]);
        try {
          await refused('not_writable', writer.write(plan));
        } finally {
          execFileSync('chattr', ['-i', target]);
        }
        expect(sha(file)).toBe(before);
        expect(readdirSync(folder)).toEqual(['song.flac']);
      }
    });
  });

  describe('undo', () => {
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
      await leftAlone('file_changed', () => writer.undo(first!.id));
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
      const small = createTagWriter({ db, reserveBytes: 0 });
      for (const name of readdirSync(join(base, 'made'))) {
        const path = join(folder, name);
        copyFileSync(join(base, 'made', name), path);
        await small.write(await small.plan(path, HAPPY));
      }
      const { most } = db.prepare<[], { most: number }>('SELECT MAX(LENGTH(restore)) AS most FROM tag_write').get()!;
      expect(most).toBeLessThan(500);
    });
  });

  describe('recovery', () => {
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

async function refused(code: ErrorCode, attempt: Promise<unknown>): Promise<void> {
  await expect(attempt).rejects.toMatchObject({ name: 'AppError', code });
}

async function leftAlone(code: ErrorCode, attempt: () => Promise<unknown>): Promise<void> {
  const before = [sha(file), statSync(file).mtimeMs, statSync(file).ino];
  await refused(code, attempt());
  expect([sha(file), statSync(file).mtimeMs, statSync(file).ino]).toEqual(before);
}

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

/** A WAV file with that many bytes of sound. */
function withSound(length: number): Buffer {
  const head = Buffer.from('RIFF....WAVEfmt ....................data....', 'latin1');
  head.writeUInt32LE(36 + length, 4);
  for (const [at, value] of [
    [16, 16],
    [24, 44_100],
    [28, 88_200],
    [40, length],
  ])
    head.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ])
    head.writeUInt16LE(value, at);
  return Buffer.concat([head.subarray(0, 44), Buffer.alloc(length, 3)]);
}

async function onDrive(options: string, use: (drive: string) => Promise<void>): Promise<void> {
  const drive = join(base, 'drive');
  mkdirSync(drive, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tonearm-test', drive]);
  try {
    await use(drive);
  } finally {
    execFileSync('umount', [drive]);
  }
}

function tryMount(): boolean {
  const drive = mkdtempSync(join(tmpdir(), 'tonearm-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tonearm-test', drive], { stdio: 'ignore' });
    execFileSync('umount', [drive]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(drive, { recursive: true, force: true });
  }
}

function canProtect(): boolean {
  if (!isRoot) return false;
  const path = join(mkdtempSync(join(tmpdir(), 'tonearm-chattr-')), 'x');
  try {
    writeFileSync(path, '');
    execFileSync('chattr', ['+i', path], { stdio: 'ignore' });
    execFileSync('chattr', ['-i', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(join(path, '..'), { recursive: true, force: true });
  }
}

function attribute(path: string, code: string): string {
  return execFileSync('python3', ['-c', `import os, sys\n${code}`, path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

function canSetAttributes(): boolean {
  const path = join(mkdtempSync(join(tmpdir(), 'tonearm-xattr-')), 'x');
  try {
    writeFileSync(path, '');
    attribute(path, 'os.setxattr(sys.argv[1], "user.test", b"1")');
    return process.platform === 'linux';
  } catch {
    return false;
  } finally {
    rmSync(join(path, '..'), { recursive: true, force: true });
  }
}
