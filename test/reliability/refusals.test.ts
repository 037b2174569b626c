import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { readTags } from '../../src-main/files/tag-formats';
import { openDatabase } from '../../src-main/platform/database';
import type { ErrorCode } from '../../src-main/rpc/errors';
import { HAPPY, refused, SAD, sha, workbench } from '../corpus/workbench';
import { isHere, requires } from '../support/requirements';
import { aTagWriter, type WriterOfTags } from '../support/tag-writer';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg');

const bench = workbench();
let folder = '';
let file = '';
let writer: WriterOfTags;
beforeEach(() => {
  ({ folder, file, writer } = bench());
});

/** What happens to a file between plan and write; gives back what has to be undone for the next one. */
interface Situation {
  readonly name: string;
  readonly code: ErrorCode;
  readonly needs?: boolean;
  /** The file is not what it was afterwards, by others' hands. */
  readonly isOthers?: boolean;
  arrange(): unknown;
}

const isRoot = process.getuid?.() === 0;
const protect = (path: string) => {
  execFileSync('chattr', ['+i', path]);
  return () => void execFileSync('chattr', ['-i', path]);
};
const mounted = (...options: string[]) => {
  execFileSync('mount', ['--bind', folder, folder]);
  execFileSync('mount', ['-o', ['remount', 'bind', ...options].join(','), folder]);
  return () => void execFileSync('umount', [folder]);
};

const HINDERED: readonly Situation[] = [
  { name: 'a read-only file', code: 'not_writable', arrange: () => chmodSync(file, 0o444) },
  { name: 'an immutable file', code: 'not_writable', needs: isHere('protected files'), arrange: () => protect(file) },
  {
    name: 'an immutable folder',
    code: 'not_writable',
    needs: isHere('protected files'),
    arrange: () => protect(folder),
  },
  { name: 'a drive for reading only', code: 'not_writable', needs: isHere('mounts'), arrange: () => mounted('ro') },
  {
    name: 'the folder of another user',
    code: 'not_writable',
    needs: isRoot,
    arrange() {
      chmodSync(folder, 0o755);
      process.seteuid!(65_534);
      return () => process.seteuid!(0);
    },
  },
  {
    name: 'a file that is a mount of its own',
    code: 'not_writable',
    needs: isHere('mounts'),
    arrange() {
      execFileSync('mount', ['--bind', file, file]);
      return () => void execFileSync('umount', [file]);
    },
  },
  { name: 'a file that vanished', code: 'not_found', isOthers: true, arrange: () => rmSync(file) },
  {
    name: 'a folder that vanished',
    code: 'not_found',
    isOthers: true,
    arrange() {
      renameSync(folder, `${folder}.away`);
      return () => renameSync(`${folder}.away`, folder);
    },
  },
  {
    name: 'a folder in its place',
    code: 'file_changed',
    isOthers: true,
    arrange() {
      rmSync(file);
      mkdirSync(file);
      return () => rmSync(file, { recursive: true });
    },
  },
];

const CHANGED: readonly Situation[] = [
  ['its size', () => writeFileSync(file, '\0', { flag: 'a' })],
  ['its time', () => utimesSync(file, 1, 1)],
  [
    'another file with the same bytes and time',
    () => {
      const { atime, mtime } = statSync(file);
      copyFileSync(file, `${file}.new`);
      utimesSync(`${file}.new`, atime, mtime);
      renameSync(`${file}.new`, file);
    },
  ],
  [
    'our tags, in place, with size and time put back',
    () => {
      const { atime, mtime } = statSync(file);
      const bytes = readFileSync(file);
      bytes.write('mad', bytes.indexOf('=sad') + 1, 'latin1');
      writeFileSync(file, bytes);
      utimesSync(file, atime, mtime);
    },
  ],
].map(([name, arrange]) => ({ name, code: 'file_changed', isOthers: true, arrange }) as Situation);

describe('A file that cannot or must not be written', () => {
  it('is left as it is with the reason, and the next file of the job is written', async () => {
    const possible = HINDERED.filter(({ needs = true }) => needs);
    for (const situation of possible) await leftAlone(situation);
    const left = HINDERED.filter((situation) => !possible.includes(situation)).map(({ name }) => name);
    const cases = possible.length;
    const note = possible.map(({ name }) => name).join(', ') + (left.length ? `; not possible here: ${left}` : '');
    recordFigure('R8', {
      what: 'hindered writes',
      cases,
      passed: cases,
      line: 'left with a reason, the rest goes on',
      note,
    });
  });

  it('is refused when anything about it changed since the plan, and planned anew', async () => {
    for (const situation of CHANGED) await leftAlone(situation, { isPlannedAnew: true });
    const [cases, note] = [CHANGED.length, CHANGED.map(({ name }) => name).join(', ')];
    recordFigure('R9', {
      what: 'changed between plan and write',
      cases,
      passed: cases,
      line: 'refused 100 %, written when planned anew',
      note,
    });
  });

  it('keeps the bytes under its other names: hard link, symbolic link, second mount, other letter case', async () => {
    const original = sha(file);
    const others = ['hard.flac', 'SONG.flac', 'Song.FLAC'].map((name) => join(folder, name));
    for (const path of others.slice(1)) copyFileSync(file, path);
    linkSync(file, others[0]);
    await refused(
      'not_writable',
      writer.plan(file, HAPPY).then((plan) => writer.write(plan)),
    );
    expect(sha(file)).toBe(original);
    await writer.write(await writer.plan(file, HAPPY), { hardLinks: 'break' });
    expect(others.map(sha)).toEqual(others.map(() => original));
    const link = join(folder, 'link.flac');
    symlinkSync(file, link);
    await writer.write(await writer.plan(link, SAD));
    expect(await readTags(file, 'nom')).toEqual(SAD.tags);
    let cases = 4;
    if (isHere('mounts')) {
      const second = `${folder}.second`;
      mkdirSync(second);
      execFileSync('mount', ['--bind', folder, second]);
      try {
        await writer.write(await writer.plan(join(second, 'song.flac'), HAPPY));
        expect(await readTags(file, 'nom')).toEqual(HAPPY.tags);
      } finally {
        execFileSync('umount', [second]);
      }
      cases++;
    }
    expect(others.map(sha)).toEqual(others.map(() => original));
    const what = 'hard link (left, or given a copy of its own), symbolic link, bind mount, names that differ in case';
    recordFigure('R10', { what, cases, passed: cases, line: 'policy obeyed, the other link byte-identical' });
  });
});

async function leftAlone(situation: Situation, { isPlannedAnew = false } = {}): Promise<void> {
  const { name, code, isOthers, arrange } = situation;
  const kept = `${folder}.kept`;
  cpSync(folder, kept, { recursive: true, preserveTimestamps: true });
  const neighbour = join(folder, 'neighbour.flac');
  const own = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
  await own.write(await own.plan(file, SAD));
  // A whole number, which can be put back exactly.
  utimesSync(file, 1_000_000_000, 1_000_000_000);
  const plan = await own.plan(file, HAPPY);
  const before = sha(file);
  const tidy = arrange();
  const changed = isOthers ? undefined : before;
  try {
    await refused(code, own.write(plan)).catch((thrown: Error) => {
      throw new Error(`${name}: ${thrown.message}`);
    });
  } finally {
    if (typeof tidy === 'function') tidy();
  }
  if (changed) expect(sha(file), name).toBe(changed);
  expect(own.list({ limit: 9 }).filter(({ state }) => state === 'prepared')).toEqual([]);
  if (isPlannedAnew) {
    await own.write(await own.plan(file, HAPPY));
    expect(await readTags(file, 'nom'), name).toEqual(HAPPY.tags);
  }
  rmSync(file, { force: true, recursive: true });
  copyFileSync(join(kept, 'song.flac'), file);
  copyFileSync(file, neighbour);
  await own.write(await own.plan(neighbour, HAPPY));
  expect(await readTags(neighbour, 'nom'), name).toEqual(HAPPY.tags);
  rmSync(neighbour);
  rmSync(kept, { recursive: true });
}
