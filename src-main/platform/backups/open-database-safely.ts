import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '../../rpc';
import { type Database, LATEST_SCHEMA, openDatabase } from '../database';
import type { AppPaths } from '../paths';
import { VERSION } from '../paths';
import { runInThread } from '../worker-thread';
import { type BackupFiles, createBackupFiles, type Reason } from './backup-files';
import type { CopyRequest, CopyResult } from './copy-database';
import { type DatabaseInspection, inspectDatabase, markOf } from './inspect-database';
import { fulfilWish } from './restore';

export type DatabasePlaces = Pick<AppPaths, 'database' | 'backups' | 'backupEntry' | 'auditLog'>;

export interface SafelyOpened {
  readonly db: Database;
  readonly files: BackupFiles;
  /** What a person should know of the database, as a sentence. */
  readonly warning?: string;
  /** Too large to be checked whole before the start. */
  readonly needsCheck: boolean;
  close(): void;
}

/**
 * Opens the library's database: restores what was asked for, looks whether it is sound, backs it up before it is
 * migrated, and where another version of Tonearm opened it last. Throws `database_damaged` with what to do; never puts
 * an empty one where one was.
 */
export async function openDatabaseSafely(places: DatabasePlaces): Promise<SafelyOpened> {
  const { database } = places;
  fulfilWish(places);
  const files = createBackupFiles(places.backups);
  files.removeHalfMade();
  const found = inspectDatabase(database, files.list().length > 0);
  if (found.damage) throw damaged(places, found.damage, files);
  const reason = whyBackUp(found);
  if (reason) await backUp(places, files, reason);
  const db = openDatabase(database);
  if (found.version !== VERSION) noteVersion(db);
  // The log is there from the first write on, so that after a crash the mark without the log tells of a loss.
  db.exec('BEGIN IMMEDIATE; COMMIT');
  writeFileSync(markOf(database), String(process.pid), { mode: 0o600 });
  return {
    ...{ db, files, needsCheck: found.needsCheck },
    warning: found.isLogGone ? logGone(database) : undefined,
    close() {
      rmSync(markOf(database), { force: true });
      db.close();
    },
  };
}

/** An update is seen at the first start after it; the library of a newer Tonearm is not opened at all. */
function whyBackUp({ schema, version }: DatabaseInspection): 'migration' | 'update' | undefined {
  if (schema === 0 || schema > LATEST_SCHEMA) return undefined;
  if (schema < LATEST_SCHEMA) return 'migration';
  return version !== null && version !== VERSION ? 'update' : undefined;
}

function noteVersion(db: Database): void {
  db.prepare('INSERT INTO opened_by (version, since) VALUES (?, ?)').run(VERSION, new Date().toISOString());
}

async function backUp({ database, backupEntry }: DatabasePlaces, files: BackupFiles, reason: Reason): Promise<void> {
  const target = files.newFile(reason, new Date());
  const request: CopyRequest = { source: database, target };
  await runInThread<CopyRequest, CopyResult>({ entry: backupEntry, input: request });
  files.prune();
}

function damaged({ database }: DatabasePlaces, damage: string, files: BackupFiles): AppError {
  const [newest] = files.list();
  const kept = existsSync(database) ? ' The file is not touched, and kept under another name then.' : '';
  const way = newest
    ? `"nom restore latest" puts the newest good backup in its place (the last is of ${newest.createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC).${kept}`
    : `There is no backup. "nom restore --empty" begins anew.${kept}`;
  return new AppError('database_damaged', `The database ${database} ${damage}. ${way}`, {
    details: [{ newestBackup: newest?.name ?? null }],
  });
}

function logGone(database: string): string {
  return `The last run did not end well, and its log (${database}-wal) was gone at this start: what was written last may be missing. The database is sound; "nom verify" tells whether files and journal agree.`;
}
