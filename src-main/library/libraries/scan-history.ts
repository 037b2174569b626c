import type { Database } from '../../platform/database';
import type { ScanRun } from './contract';
import type { ScanSummary } from './scan';

const KEPT = 100;

interface Row extends Omit<ScanRun, 'libraryId' | 'startedAt' | 'endedAt' | 'passedOver'> {
  passed_over: string | null;
  library_id: number;
  started_at: string;
  ended_at: string;
}

/** What earlier scans did, the newest hundred of each library. */
export function createScanHistory(db: Database) {
  const insert = db.prepare(`
    INSERT INTO scan_run (library_id, started_at, ended_at, outcome, message, found, added, changed, moved, missing,
      errors, queued, passed_over)
    VALUES (@libraryId, @startedAt, @endedAt, @outcome, @message, @found, @added, @changed, @moved, @missing, @errors,
      @queued, @passedOver)`);
  const trim = db.prepare(`
    DELETE FROM scan_run WHERE library_id = @libraryId AND id <= (
      SELECT id FROM scan_run WHERE library_id = @libraryId ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`);
  const latest = db.prepare<[number | null, number | null, number], Row>(
    'SELECT * FROM scan_run WHERE ? IS NULL OR library_id = ? ORDER BY id DESC LIMIT ?',
  );

  return {
    /** `isWhole`: all of the library was looked at, so that what was passed over is told of it. */
    add(libraryId: number, startedAt: Date, summary: ScanSummary, isWhole: boolean): void {
      const { jobIds: _, unchanged: __, ...counts } = summary;
      const isComplete = isWhole && (summary.outcome === 'done' || summary.outcome === 'guarded');
      const passedOver = isComplete ? JSON.stringify(summary.passedOver) : null;
      insert.run({
        ...counts,
        passedOver,
        libraryId,
        startedAt: startedAt.toISOString(),
        endedAt: new Date().toISOString(),
      });
      trim.run({ libraryId });
    },
    /** The latest first: of one library, or of all. */
    list: (limit: number, libraryId?: number): ScanRun[] =>
      latest
        .all(libraryId ?? null, libraryId ?? null, limit)
        .map(({ library_id: of, started_at: startedAt, ended_at: endedAt, passed_over: passedOver, ...run }) => ({
          ...run,
          passedOver: passedOver === null ? {} : JSON.parse(passedOver),
          libraryId: of,
          startedAt,
          endedAt,
        })),
  };
}
export type ScanHistory = ReturnType<typeof createScanHistory>;
