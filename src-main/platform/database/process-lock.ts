import BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../../rpc';
import { makePrivateFile } from '../paths';

/**
 * Holds a data folder for this process, until `release` or its end, however that comes: the lock is the operating
 * system's, on a database that an exclusive transaction stays open in. Throws `conflict` when another process has it;
 * `describeHolder` says which, in the sentence "… is using it".
 */
export function lockForThisProcess(file: string, describeHolder: () => string): { release: () => void } {
  // Whoever may read it may lock it.
  makePrivateFile(file);
  const db = new BetterSqlite3(file, { timeout: 0 });
  try {
    // Without a journal on disk nothing is left behind by a crash.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    throw new AppError('conflict', `This library is open already: ${describeHolder()} is using it.`, { cause: error });
  }
  return { release: () => db.close() };
}

function isBusy(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code?.startsWith('SQLITE_BUSY') === true;
}
