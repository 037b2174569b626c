import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { WantedTags } from '../../src-main/files/tag-formats/tag-file/wanted-tags';
import { openDatabase } from '../../src-main/platform/database';
import type { ErrorCode } from '../../src-main/rpc/errors';
import { isHere, pathOf } from '../support/requirements';
import { aTagWriter, type WriterOfTags } from '../support/tag-writer';
import { buildSmallFiles } from './build';

export const HAPPY: WantedTags = { namespace: 'nom', tags: { 'mood-strict': ['happy', 'calm'], happy: ['0.8123'] } };
export const SAD: WantedTags = { namespace: 'nom', tags: { 'mood-strict': ['sad'] } };
export const sha = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

export interface Workbench {
  /** Holds `made/`, a small file of every container. */
  readonly base: string;
  /** A new folder for each test, with one FLAC file in it. */
  readonly folder: string;
  readonly file: string;
  readonly writer: WriterOfTags;
}

/** A folder, a file and a writer for each test of the calling file; after each, no copy may be left in the folder. */
export function workbench(): () => Workbench {
  let base = '';
  let current: Workbench;
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'tonearm-writer-'));
    if (isHere('ffmpeg')) await buildSmallFiles(join(base, 'made'), 0);
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  beforeEach(() => {
    const folder = mkdtempSync(join(base, 'run-'));
    const file = join(folder, 'song.flac');
    if (isHere('ffmpeg')) copyFileSync(join(base, 'made', '00.flac'), file);
    current = { base, folder, file, writer: aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 }) };
  });
  afterEach(() => expect(readdirSync(current.folder).filter((name) => name.startsWith('.'))).toEqual([]));
  return () => current;
}

export async function refused(code: ErrorCode, attempt: Promise<unknown>): Promise<void> {
  await expect(attempt).rejects.toMatchObject({ name: 'AppError', code });
}

/** The attempt fails with the code, and the file is not even touched. */
export async function leftAlone(file: string, code: ErrorCode, attempt: () => Promise<unknown>): Promise<void> {
  const before = [sha(file), statSync(file).mtimeMs, statSync(file).ino];
  await refused(code, attempt());
  expect([sha(file), statSync(file).mtimeMs, statSync(file).ino]).toEqual(before);
}

/** Mounts a drive of memory for as long as `use` takes. */
export async function onDrive(options: string, use: (drive: string) => Promise<void>): Promise<void> {
  const drive = mkdtempSync(join(tmpdir(), 'tonearm-drive-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tonearm-test', drive]);
  try {
    await use(drive);
  } finally {
    execFileSync('umount', [drive]);
    rmSync(drive, { recursive: true, force: true });
  }
}

export function attribute(path: string, code: string): string {
  return execFileSync(pathOf('python3'), ['-c', `import os, sys\n${code}`, path], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
