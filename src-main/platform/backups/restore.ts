import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError } from '../../rpc';
import { openAuditLog, readAudit } from '../audit';
import { carryAccounts } from '../auth';
import { LATEST_SCHEMA, lockForThisProcess, openDatabase } from '../database';
import { type AppPaths, dataFolderFailure } from '../paths';
import { createBackupFiles, stampOf } from './backup-files';
import { checkCopy, needSpace, syncFile, syncFolder } from './copy-database';
import { inspectDatabase, logOf, markOf } from './inspect-database';

type Places = Pick<AppPaths, 'data' | 'database' | 'backups' | 'lockFile' | 'auditLog'>;
type Place = Pick<Places, 'database' | 'auditLog'>;

/** What is to be done at the next start; written down first, so that a crash in the middle only delays it. */
interface Wish {
  /** The backup's file; null: begin with an empty database. */
  readonly from: string | null;
  /** Part of the name under which the present database is kept. */
  readonly stamp: string;
}

export interface Restored {
  readonly from: string | null;
  /** Where the database lies that was in use until now; null when there was none. */
  readonly keptAs: string | null;
  /** Keys, password, sessions and second factor are those of before the restore. Otherwise they are the backup's. */
  readonly keepsAccounts: boolean;
}

const KEPT_STATES = ['replaced', 'damaged'] as const;
const keptName = (database: string, state: (typeof KEPT_STATES)[number], stamp: string) =>
  `${database}.${state}-${stamp}`;
const wishFile = (database: string) => `${database}.restore`;

/** Has the next start put a backup in the place of the database. */
export function wishRestore({ database }: Pick<Places, 'database'>, from: string | null, at = new Date()): void {
  const file = wishFile(database);
  writeFileSync(`${file}.new`, JSON.stringify({ from, stamp: stampOf(at) } satisfies Wish), { mode: 0o600 });
  syncFile(`${file}.new`);
  renameSync(`${file}.new`, file);
  syncFolder(dirname(file));
}

/** Does what was wished for, if anything. Nobody may have the database open. Throws when the backup is not sound. */
export function fulfilWish({ database, auditLog }: Place): Restored | undefined {
  const file = wishFile(database);
  if (!existsSync(file)) return undefined;
  const { from, stamp } = JSON.parse(readFileSync(file, 'utf8')) as Wish;
  const copy = `${database}.restoring`;
  let keepsAccounts = false;
  try {
    if (from !== null) {
      prepareCopy(from, copy);
      keepsAccounts = carryInto(copy, presentOf(database, stamp), auditLog);
    }
  } catch (thrown) {
    // The database that is there stays, and is not asked to go at each start.
    for (const each of [copy, `${copy}-wal`, `${copy}-shm`, file]) rmSync(each, { force: true });
    throw thrown;
  }
  const keptAs = putAside(database, stamp);
  if (from === null) openDatabase(database).close();
  else renameSync(copy, database);
  syncFolder(dirname(database));
  rmSync(file);
  return { from, keptAs, keepsAccounts };
}

/** The database that is in use, or was when a crash came between putting it aside and putting the copy in its place. */
function presentOf(database: string, stamp: string): string | undefined {
  return [database, ...KEPT_STATES.map((state) => keptName(database, state, stamp))].find((each) => existsSync(each));
}

/** Leaves the copy as a single file again. */
function carryInto(copy: string, present: string | undefined, auditLog: string): boolean {
  const into = openDatabase(copy);
  try {
    const keepsAccounts = carryAccounts(into, present, () => readAudit(auditLog));
    into.pragma('journal_mode = DELETE');
    return keepsAccounts;
  } finally {
    into.close();
    syncFile(copy);
  }
}

/**
 * Restores at once, for an application that does not run. Throws `conflict` when it does, `not_found` when there is no
 * such backup, `database_damaged` when it is not sound, `not_writable` when the data folder cannot be used.
 *
 * @param what a file, a backup's name, `latest` for the newest that is sound, or null to begin anew
 */
export function restoreNow(places: Places, what: string | null): Restored {
  const lock = lockDataFolder(places);
  try {
    if (what !== 'latest') return restoreTo(places, what === null ? null : fileOf(places, what));
    const backups = createBackupFiles(places.backups).list();
    for (const { file } of backups) {
      try {
        return restoreTo(places, file);
      } catch (thrown) {
        if (!(thrown instanceof AppError) || thrown.code !== 'database_damaged') throw thrown;
      }
    }
    const why = backups.length === 0 ? 'There is no backup' : 'None of the backups is sound';
    throw new AppError('not_found', `${why} in ${places.backups}.`);
  } finally {
    lock.release();
  }
}

function restoreTo(places: Places, from: string | null): Restored {
  wishRestore(places, from);
  const restored = fulfilWish(places)!;
  const facts = { backup: from ?? 'none: begun anew', accounts: restored.keepsAccounts ? 'kept' : 'of the backup' };
  openAuditLog({ file: places.auditLog }).note('backup.restored', { transport: 'cli' }, facts);
  return restored;
}

function lockDataFolder({ data, lockFile }: Places) {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    return lockForThisProcess(lockFile, () => 'Tonearm');
  } catch (thrown) {
    throw dataFolderFailure(data, thrown);
  }
}

function fileOf({ backups }: Places, what: string): string {
  const known = createBackupFiles(backups)
    .list()
    .find(({ name }) => name === what);
  const file = known?.file ?? resolve(what);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new AppError('not_found', `There is no backup ${what}; "nom backup list" shows them.`);
  return file;
}

function prepareCopy(from: string, copy: string): void {
  if (!existsSync(from)) throw new AppError('not_found', `The backup ${from} is not there any more.`);
  needSpace(dirname(copy), statSync(from).size);
  rmSync(copy, { force: true });
  copyFileSync(from, copy);
  chmodSync(copy, 0o600);
  const { damage, schema } = inspectDatabase(copy, true);
  const problem = damage ?? checkCopy(copy).map((line) => `is damaged (${line})`)[0];
  if (problem) throw new AppError('database_damaged', `The backup ${from} ${problem}. Nothing was changed.`);
  if (schema > LATEST_SCHEMA)
    throw new AppError('conflict', `The backup ${from} is of a newer Tonearm. Update Tonearm first.`);
  syncFile(copy);
}

/** The log first: left behind, it would be taken for one of the database that comes. */
function putAside(database: string, stamp: string): string | null {
  const isThere = existsSync(database);
  const state = isThere && inspectDatabase(database, true).damage === undefined ? 'replaced' : 'damaged';
  const keptAs = keptName(database, state, stamp);
  if (existsSync(logOf(database))) renameSync(logOf(database), logOf(keptAs));
  if (isThere) renameSync(database, keptAs);
  for (const each of [`${database}-shm`, markOf(database)]) rmSync(each, { force: true });
  return isThere ? keptAs : null;
}
