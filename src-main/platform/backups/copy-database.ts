import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../../rpc';
import { makePrivateFile } from '../paths';
import { problemsOf } from './check-database';

export interface CopyRequest {
  readonly source: string;
  /** Where the copy goes when it is whole. */
  readonly target: string;
  /** A copy that says the same makes this one needless. */
  readonly unlessLike?: string;
}
export interface CopyResult {
  /** False when nothing has changed since the other copy. */
  readonly isMade: boolean;
}

/** Left free beside a copy, as beside everything that Tonearm writes. */
const RESERVE = 100 * 1024 * 1024;

/**
 * Copies a database that may be in use, as it stands at one moment, checks the copy whole, and puts it in its place.
 * Blocks whoever calls: for a thread. Throws `disk_full`, or `database_damaged` when the copy is not sound.
 */
export async function copyDatabase({ source, target, unlessLike }: CopyRequest): Promise<CopyResult> {
  needSpace(dirname(target), statSync(source).size);
  const part = `${target}.part`;
  rmSync(part, { force: true });
  try {
    makePrivateFile(part);
    const db = new BetterSqlite3(source, { readonly: true, fileMustExist: true });
    // All pages in one step: in several, each write of the application in between would begin the copy anew.
    await db.backup(part, { progress: () => 0x7fffffff }).finally(() => db.close());
    const problems = checkCopy(part);
    if (problems.length > 0)
      throw new AppError('database_damaged', `The database is damaged (${problems[0]}), so no backup was made of it.`);
    if (unlessLike && areEqual(part, unlessLike)) return { isMade: false };
    syncFile(part);
    renameSync(part, target);
    syncFolder(dirname(target));
    return { isMade: true };
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(part + end, { force: true });
  }
}

/** What is wrong with a copy that nobody else has open; leaves it as a single file, without a log beside it. */
export function checkCopy(file: string): string[] {
  const db = new BetterSqlite3(file, { fileMustExist: true });
  try {
    const problems = problemsOf(db, 'whole');
    if (problems.length === 0) db.pragma('journal_mode = DELETE');
    return problems;
  } finally {
    db.close();
  }
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/** Makes renames in a folder durable, where the system can. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

export function needSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= bytes + RESERVE) return;
  const wanted = Math.ceil((bytes + RESERVE) / 1e6);
  throw new AppError('disk_full', `A copy of the database needs ${wanted} MB of free space at ${folder}.`);
}

function areEqual(one: string, other: string): boolean {
  const size = statSync(one).size;
  if (statSync(other, { throwIfNoEntry: false })?.size !== size) return false;
  const [a, b] = [openSync(one, 'r'), openSync(other, 'r')];
  const pieces = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)];
  try {
    for (let at = 0; at < size; at += pieces[0].length) {
      const read = readSync(a, pieces[0], 0, pieces[0].length, at);
      readSync(b, pieces[1], 0, pieces[1].length, at);
      if (!pieces[0].subarray(0, read).equals(pieces[1].subarray(0, read))) return false;
    }
    return true;
  } finally {
    closeSync(a);
    closeSync(b);
  }
}
