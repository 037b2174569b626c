import type { Database } from '../../../platform/database';
import type { RunScope } from './job-repository';
import type { SharedJobs } from './shared-jobs';

interface PendingRow {
  id: number;
  write_tags: number;
}

/** Which of the pending jobs a command works on that opened the library for itself. */
export function createRunJobs(db: Database, now: () => Date, shared: SharedJobs) {
  const others = db.prepare<[{ batchId: number; time: number; offline: string }], PendingRow>(`
    SELECT id, write_tags FROM job
    WHERE status = 'pending' AND batch_id IS NOT @batchId AND (not_before IS NULL OR not_before <= @time)
      AND (library_id IS NULL OR library_id NOT IN (SELECT value FROM json_each(@offline)))
      AND NOT EXISTS (SELECT 1 FROM job_shared WHERE batch_id = @batchId AND job_id = job.id)`);
  const addFound = db.prepare<[number, number]>('UPDATE job_batch SET found = found + ? WHERE id = ?');
  const writing = db
    .prepare<[number], number>(`
      SELECT job_id FROM job_shared JOIN job ON job.id = job_id
      WHERE job_shared.batch_id = ? AND job.status = 'pending' AND job.write_tags = 1`)
    .pluck();
  const leave = db.prepare<[number, number]>('DELETE FROM job_shared WHERE batch_id = ? AND job_id = ?');
  const split = db.prepare<[number, string, number]>(`
    INSERT INTO job (kind, path, library_id, track_id, batch_id, priority, force, write_tags, options, audio_ms, created_at)
    SELECT kind, path, library_id, track_id, ?, priority, force, 0, options, audio_ms, ? FROM job WHERE id = ?`);

  /** A run that writes works off whatever waits, and counts it as its own. */
  function joinOthers(batchId: number, offline: readonly number[]): number {
    const rows = others.all({ batchId, time: now().getTime(), offline: JSON.stringify(offline) });
    for (const { id, write_tags: writesTags } of rows) shared.share(batchId, id, writesTags === 1);
    addFound.run(rows.length, batchId);
    return rows.length;
  }

  /** A file that waits to be written for another request keeps that job, and gets one that only analyzes it. */
  function analyzeBeside(batchId: number): void {
    for (const id of writing.all(batchId)) {
      leave.run(batchId, id);
      split.run(batchId, now().toISOString(), id);
    }
  }

  return {
    /** Gives how many jobs were pending for others and are this run's work too. */
    join: db.transaction(({ batchId, writesTags }: RunScope, offline: readonly number[]): number => {
      if (writesTags) return joinOthers(batchId, offline);
      analyzeBeside(batchId);
      return 0;
    }),
  };
}
