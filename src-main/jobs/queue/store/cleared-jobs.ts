import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Database } from '../../../platform/database';

const CHUNK = 250;

/**
 * Keeps the jobs that were cleared last as they stood in the list, so that a person who did not mean it gets them back.
 * Only the latest clearing is kept.
 */
export function createClearedJobs(db: Database) {
  const columns = db.prepare<[], string>("SELECT name FROM pragma_table_info('job') ORDER BY cid").pluck().all();
  const asJson = `json_object(${columns.map((name) => `'${name}', "${name}"`).join(', ')})`;
  const fromJson = columns.map((name) => `job ->> '${name}'`).join(', ');
  const keep = db.prepare<[number, string]>(
    `INSERT OR REPLACE INTO cleared_job SELECT id, ?, ${asJson} FROM job WHERE id IN (SELECT value FROM json_each(?))`,
  );
  const next = db.prepare<[], number>('SELECT COALESCE(MAX(clearing), 0) + 1 FROM cleared_job').pluck();
  const idsOf = db
    .prepare<[number, number], number>('SELECT job_id FROM cleared_job WHERE clearing = ? LIMIT ?')
    .pluck();
  const older = db
    .prepare<[number, number], number>('SELECT job_id FROM cleared_job WHERE clearing < ? LIMIT ?')
    .pluck();
  const forget = db.prepare<[string]>('DELETE FROM cleared_job WHERE job_id IN (SELECT value FROM json_each(?))');
  // A file that is pending again keeps its one job, and what is gone of a batch, library or track is not referred to.
  const putBack = db.prepare<[string]>(`
    INSERT OR IGNORE INTO job (${columns.join(', ')})
    SELECT ${fromJson} FROM cleared_job WHERE job_id IN (SELECT value FROM json_each(?))
      AND (job ->> 'library_id' IS NULL OR job ->> 'library_id' IN (SELECT id FROM library))`);
  const withoutTrack = db.prepare<[string]>(`
    UPDATE cleared_job SET job = json_set(job, '$.track_id', NULL) WHERE job_id IN (SELECT value FROM json_each(?))
      AND job ->> 'track_id' NOT IN (SELECT id FROM track)`);
  const withoutBatch = db.prepare<[string]>(`
    UPDATE cleared_job SET job = json_set(job, '$.batch_id', NULL) WHERE job_id IN (SELECT value FROM json_each(?))
      AND job ->> 'batch_id' NOT IN (SELECT id FROM job_batch)`);
  const present = db
    .prepare<[string], number>('SELECT id FROM job WHERE id IN (SELECT value FROM json_each(?))')
    .pluck();
  const unfold = db.prepare<[string]>(`
    UPDATE job_batch_ended SET count = job_batch_ended.count - back.jobs
    FROM (
      SELECT batch_id, CASE status WHEN 'pending' THEN 'skipped' ELSE status END AS ending,
        CASE status WHEN 'pending' THEN 'removed' ELSE COALESCE(reason_code, '') END AS why, COUNT(*) AS jobs
      FROM job WHERE id IN (SELECT value FROM json_each(?)) AND batch_id IS NOT NULL GROUP BY 1, 2, 3) AS back
    WHERE job_batch_ended.batch_id = back.batch_id AND job_batch_ended.status = back.ending
      AND job_batch_ended.reason = back.why`);
  const dropEmpty = db.prepare('DELETE FROM job_batch_ended WHERE count <= 0');

  const restoreSome = db.transaction((ids: readonly number[]): number => {
    const list = JSON.stringify(ids);
    withoutTrack.run(list);
    withoutBatch.run(list);
    putBack.run(list);
    const back = JSON.stringify(present.all(list));
    unfold.run(back);
    dropEmpty.run();
    forget.run(list);
    return JSON.parse(back).length;
  });

  return {
    /** The number of the next clearing; what was cleared before is forgotten. */
    async begin(): Promise<number> {
      const clearing = next.get()!;
      for (let ids = older.all(clearing, CHUNK); ids.length > 0; ids = older.all(clearing, CHUNK)) {
        forget.run(JSON.stringify(ids));
        await yieldToEventLoop();
      }
      return clearing;
    },
    /** Keeps jobs that are about to be removed. */
    keep: (ids: string, clearing: number): void => void keep.run(clearing, ids),
    /** Puts the jobs of a clearing back, in small steps; returns their number. */
    async restore(clearing: number): Promise<number> {
      let restored = 0;
      for (let ids = idsOf.all(clearing, CHUNK); ids.length > 0; ids = idsOf.all(clearing, CHUNK)) {
        restored += restoreSome(ids);
        await yieldToEventLoop();
      }
      return restored;
    },
  };
}
