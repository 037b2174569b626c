import type { Database } from '../../platform/database';
import type { ScanRun } from './contract';
import type { ScanSummary } from './scan';

const KEPT = 100;

interface Row extends Omit<ScanRun, 'libraryId' | 'startedAt' | 'endedAt'> {
  library_id: number;
  started_at: string;
  ended_at: string;
}

/** What earlier scans did, the newest hundred of each library. */
export function createScanHistory(db: Database) {
  const insert = db.prepare(`
    INSERT INTO scan_run (library_id, started_at, ended_at, outcome, message, found, added, changed, moved, missing,
      errors, queued)
    VALUES (@libraryId, @startedAt, @endedAt, @outcome, @message, @found, @added, @changed, @moved, @missing, @errors,
      @queued)`);
  const trim = db.prepare(`
    DELETE FROM scan_run WHERE library_id = @libraryId AND id <= (
      SELECT id FROM scan_run WHERE library_id = @libraryId ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`);
  const latest = db.prepare<[number | null, number | null, number], Row>(
    'SELECT * FROM scan_run WHERE ? IS NULL OR library_id = ? ORDER BY id DESC LIMIT ?',
  );

  return {
    add(libraryId: number, startedAt: Date, summary: ScanSummary): void {
      const { jobIds: _, unchanged: __, ...told } = summary;
      insert.run({ ...told, libraryId, startedAt: startedAt.toISOString(), endedAt: new Date().toISOString() });
      trim.run({ libraryId });
    },
    /** The latest first: of one library, or of all. */
    list: (limit: number, libraryId?: number): ScanRun[] =>
      latest
        .all(libraryId ?? null, libraryId ?? null, limit)
        .map(({ library_id: of, started_at: startedAt, ended_at: endedAt, ...run }) => ({
          ...run,
          libraryId: of,
          startedAt,
          endedAt,
        })),
  };
}
export type ScanHistory = ReturnType<typeof createScanHistory>;
