import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Database } from '../database';
import { isDamage, looseRowsOf, problemsOf } from './check-database';

/** A database up to this size is checked before the application starts: a second or so. A larger one after it. */
const CHECKED_AT_START = 256 * 1024 * 1024;
const HEADER = 100;

/** What is seen of a database's file before it is opened for good. */
export interface DatabaseInspection {
  /** There is none, and nothing says that there ever was. */
  readonly isNew: boolean;
  /** Why it cannot be used, as the middle of a sentence: `is no database`. */
  readonly damage?: string;
  /** The last migration it has seen. */
  readonly schema: number;
  /** The Tonearm that opened it last; null when that is not known. */
  readonly version: string | null;
  /** The last run did not end well, and what it wrote last is gone with its log. */
  readonly isLogGone: boolean;
  /** Too large to be checked whole before the start. */
  readonly needsCheck: boolean;
}

/** A mark that lies beside the database while it is open, and so after a crash. */
export const markOf = (database: string) => `${database}.open`;
export const logOf = (database: string) => `${database}-wal`;

/** @param hasBackups copies exist, so that a database that is not there is one that was lost */
export function inspectDatabase(
  database: string,
  hasBackups: boolean,
  checkedAtStart = CHECKED_AT_START,
): DatabaseInspection {
  const plain = { isNew: false, schema: 0, version: null, isLogGone: false, needsCheck: false };
  const size = statSync(database, { throwIfNoEntry: false })?.size;
  const hasLog = (statSync(logOf(database), { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (size === undefined) {
    return hasBackups || hasLog || isRemembered(database) ? { ...plain, damage: 'is gone' } : { ...plain, isNew: true };
  }
  const unusable = damageByHeader(database, size, hasLog);
  if (unusable) return { ...plain, damage: unusable };
  const isLogGone = existsSync(markOf(database)) && !existsSync(logOf(database));
  const needsCheck = size > checkedAtStart && !isLogGone;
  // A log may be lost while it was being folded in: then tables may be newer than their indexes, each sound by itself.
  const how = isLogGone ? 'whole' : needsCheck ? undefined : 'quick';
  return { ...plain, isLogGone, needsCheck, ...inspectContent(database, how) };
}

/** What a few bytes and the size tell. */
function damageByHeader(database: string, size: number, hasLog: boolean): string | undefined {
  if (size === 0) return 'is empty';
  const header = Buffer.alloc(HEADER);
  const handle = openSync(database, 'r');
  readSync(handle, header, 0, HEADER, 0);
  closeSync(handle);
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return 'is no database';
  // With a log beside it, pages may be there and not here.
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const whole = pageSize * header.readUInt32BE(28);
  return !hasLog && size < whole ? `is cut short (${size} of ${whole} bytes)` : undefined;
}

function inspectContent(
  database: string,
  how?: 'quick' | 'whole',
): Pick<DatabaseInspection, 'damage' | 'schema' | 'version'> {
  const nothing = { schema: 0, version: null };
  const db = new BetterSqlite3(database, { fileMustExist: true });
  try {
    const problems = how ? problemsOf(db, how) : [];
    const [problem] = problems.length === 0 && how === 'whole' ? looseRowsOf(db) : problems;
    if (problem) return { ...nothing, damage: `is damaged (${problem})` };
    const schema = db.prepare<[], number | null>('SELECT MAX(number) FROM migration').pluck().get();
    return schema ? { schema, version: versionIn(db) } : { ...nothing, damage: 'holds no library' };
  } catch (thrown) {
    if (/no such table: migration/.test(String(thrown))) return { ...nothing, damage: 'is not one of Tonearm’s' };
    if (!isDamage(thrown)) throw thrown;
    return { ...nothing, damage: `is damaged (${(thrown as Error).message})` };
  } finally {
    db.close();
  }
}

function versionIn(db: Database): string | null {
  const hasTable = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'opened_by'").pluck().get();
  if (!hasTable) return null;
  const last = db.prepare<[], string>('SELECT version FROM opened_by ORDER BY id DESC LIMIT 1').pluck().get();
  return last ?? null;
}

/** Something beside its place tells that a database was there. */
function isRemembered(database: string): boolean {
  const name = basename(database);
  const kept = (each: string) => each.startsWith(`${name}.damaged-`) || each.startsWith(`${name}.replaced-`);
  return existsSync(markOf(database)) || readdirSync(dirname(database)).some(kept);
}
