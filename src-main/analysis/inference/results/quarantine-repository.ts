import type { Database } from '../../../platform/database';
import type { KnownStamp } from '../../../platform/file-stamp';

/** A file that is left alone, until it or the analysis version changes. */
export interface QuarantinedFile {
  readonly path: string;
  readonly reason: string;
  readonly createdAt: string;
}

/** Files that brought the analyzer down twice. */
export function createQuarantineRepository(db: Database, now: () => Date = () => new Date()) {
  const put = db.prepare(`
    INSERT INTO quarantine (path, size_bytes, mtime_ms, version, reason, created_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET size_bytes = excluded.size_bytes, mtime_ms = excluded.mtime_ms,
      version = excluded.version, reason = excluded.reason, created_at = excluded.created_at`);
  const match = db.prepare<[string, number, number, string], { reason: string }>(
    'SELECT reason FROM quarantine WHERE path = ? AND size_bytes = ? AND mtime_ms = ? AND version = ?',
  );
  const all = db.prepare<[], QuarantinedFile>(
    'SELECT path, reason, created_at AS createdAt FROM quarantine ORDER BY created_at DESC, path',
  );
  const remove = db.prepare<[string]>('DELETE FROM quarantine WHERE path = ?');
  return {
    add(path: string, file: KnownStamp, version: string, reason: string): void {
      put.run(path, file.sizeBytes, file.mtimeMs, version, reason, now().toISOString());
    },
    /** Why this file, as it is now, is not to be analyzed with this version; undefined when it may be. */
    findReason: (path: string, file: KnownStamp, version: string): string | undefined =>
      match.get(path, file.sizeBytes, file.mtimeMs, version)?.reason,
    list: (): QuarantinedFile[] => all.all(),
    /** Lets a file be tried again. */
    release: (path: string): boolean => remove.run(path).changes > 0,
  };
}
export type QuarantineRepository = ReturnType<typeof createQuarantineRepository>;
