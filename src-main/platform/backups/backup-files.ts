import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../rpc';
import { toRemove } from './retention';

const REASONS = ['daily', 'manual', 'migration', 'update'] as const;
export type Reason = (typeof REASONS)[number];

export interface Backup {
  /** Of the file, and of the backup everywhere. */
  readonly name: string;
  readonly file: string;
  readonly reason: Reason;
  readonly createdAt: Date;
  /** Counts those of one second, from 1. */
  readonly number: number;
  readonly sizeBytes: number;
}

const NAME = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z-(daily|manual|migration|update)(?:-(\d+))?\.db$/;

/** The folder of backups. The names say when and why each was made, so that nothing else has to remember it. */
export function createBackupFiles(folder: string) {
  function list(): Backup[] {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names
      .flatMap((name) => backupNamed(folder, name) ?? [])
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.number - a.number);
  }

  return {
    folder,
    /** Newest first. */
    list,
    /** Throws `not_found`. */
    get(name: string): Backup {
      const backup = list().find((each) => each.name === name);
      if (!backup) throw new AppError('not_found', `There is no backup ${name}.`);
      return backup;
    },
    /** A place for a new one; the folder is for nobody else's eyes. */
    newFile(reason: Reason, at: Date): string {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const stamp = stampOf(at);
      const number = 1 + Math.max(0, ...list().flatMap((each) => (each.name.startsWith(stamp) ? each.number : [])));
      return join(folder, `${stamp}-${reason}${number === 1 ? '' : `-${number}`}.db`);
    },
    remove: (backup: Backup): void => rmSync(backup.file, { force: true }),
    /** Removes those that are too many, and copies that a crash left half-made. */
    prune(): void {
      for (const backup of toRemove(list())) rmSync(backup.file, { force: true });
    },
    removeHalfMade(): void {
      const names = existsSync(folder) ? readdirSync(folder) : [];
      for (const name of names)
        if (/\.part(-journal|-wal|-shm)?$/.test(name)) rmSync(join(folder, name), { force: true });
    },
  };
}
export type BackupFiles = ReturnType<typeof createBackupFiles>;

/** A moment as it may stand in a file's name, also on Windows. */
export function stampOf(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

function backupNamed(folder: string, name: string): Backup | undefined {
  const match = NAME.exec(name);
  const file = join(folder, name);
  const stats = match && statSync(file, { throwIfNoEntry: false });
  if (!match || !stats?.isFile()) return undefined;
  const [, day, hours, minutes, seconds, reason, number = '1'] = match;
  const createdAt = new Date(`${day}T${hours}:${minutes}:${seconds}Z`);
  return { name, file, reason: reason as Reason, createdAt, number: Number(number), sizeBytes: stats.size };
}
