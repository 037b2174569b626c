import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { HAPPY, leftAlone, onDrive, refused, sha, workbench } from '../../../../test/corpus/workbench';
import { requires } from '../../../../test/support/requirements';
import { aTagWriter, type WriterOfTags } from '../../../../test/support/tag-writer';
import { readTags } from '../../../files/tag-formats';
import { openDatabase } from '../../../platform/database';

const { describe } = requires('ffmpeg');

const bench = workbench();
let base = '';
let folder = '';
let file = '';
let writer: WriterOfTags;
beforeEach(() => {
  ({ base, folder, file, writer } = bench());
});

describe('What a write refuses, leaving the file as it was', () => {
  it('a file that changed since it was read', async () => {
    const plan = await writer.plan(file, HAPPY);
    utimesSync(file, new Date(), new Date(1_600_000_000_000));
    await leftAlone(file, 'file_changed', () => writer.write(plan));
  });

  it('a file that is replaced while the copy is made', async () => {
    for (const at of ['copy', 'verify', 'sync', 'rename'] as const) {
      const careful = aTagWriter({
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
    await leftAlone(file, 'not_writable', () => writer.write(plan));
  });

  it('a file with other hard links, unless it may get a copy of its own', async () => {
    const other = join(folder, 'seeded.flac');
    linkSync(file, other);
    const plan = await writer.plan(file, HAPPY);
    await leftAlone(file, 'not_writable', () => writer.write(plan));
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
    const careful = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 2 ** 60 });
    const plan = await careful.plan(file, HAPPY);
    await leftAlone(file, 'disk_full', () => careful.write(plan));
  });

  requires('mounts').it('a disk that is full while it writes', async () => {
    await onDrive('size=600k', async (drive) => {
      const path = join(drive, 'song.wav');
      writeFileSync(path, withSound(400_000));
      const careless = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: -(2 ** 40) });
      const plan = await careless.plan(path, HAPPY);
      const before = sha(path);
      await refused('disk_full', careless.write(plan));
      expect(sha(path)).toBe(before);
      expect(readdirSync(drive)).toEqual(['song.wav']);
    });
  });

  requires('mounts').it('a drive that is mounted for reading only', async () => {
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

  requires('protected files').it('a file or a folder that is protected', async () => {
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
