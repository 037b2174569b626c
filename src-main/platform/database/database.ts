import { existsSync, renameSync, rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../../rpc';
import { makePrivateFile } from '../paths';
import { migrate } from './migrate';

export type Database = BetterSqlite3.Database;

/**
 * Opens the database and migrates it. `:memory:` for tests.
 *
 * `synchronous = FULL`: the journal of tag writes must survive a power cut before the file is replaced, which this
 * build's default for WAL (NORMAL) does not promise.
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:' && !existsSync(file)) makeWhole(file);
  return open(file);
}

/** A database comes into its place complete: an empty file there is always a damaged one, and never a beginning. */
function makeWhole(file: string): void {
  const unborn = `${file}.new`;
  for (const end of ['', '-wal', '-shm']) rmSync(unborn + end, { force: true });
  // SQLite gives the log and all else beside it the rights of the database.
  makePrivateFile(unborn);
  open(unborn).close();
  renameSync(unborn, file);
}

function open(file: string): Database {
  const db = new BetterSqlite3(file);
  try {
    return prepared(db);
  } catch (thrown) {
    // Left open it could not be replaced on Windows, and would take the log of its successor away when it is let go.
    db.close();
    throw thrown;
  }
}

function prepared(db: Database): Database {
  const version = db.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()!.version;
  if (!isAtLeast(version, [3, 51, 3])) {
    throw new AppError(
      'internal',
      `This SQLite (${version}) has a fault that can damage a database; 3.51.3 is needed.`,
    );
  }
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('busy_timeout = 5000');
  db.pragma('cache_size = -32000');
  db.pragma('temp_store = MEMORY');
  migrate(db);
  return db;
}

function isAtLeast(version: string, floor: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of floor.entries()) {
    if (parts[index] !== least) return parts[index] > least;
  }
  return true;
}
