import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Database } from '../../../platform/database';
import type { JobStatus } from '../job';
import { createClearedJobs } from './cleared-jobs';

const CHUNK = 250;
/** Everything that may be removed; a running job must be cancelled first. */
export const REMOVABLE: readonly Exclude<JobStatus, 'running'>[] = ['pending', 'done', 'skipped', 'error'];

/** What was removed from the list at once, and by which number it can be put back; null when it was nothing. */
export interface Cleared {
  readonly removed: number;
  readonly clearing: number | null;
}

/** Removes jobs; their batches still account for every file. */
export function createJobRemoval(db: Database) {
  const fold = db.prepare<[{ ids: string }]>(`
    INSERT INTO job_batch_ended (batch_id, status, reason, count)
    SELECT batch_id, CASE status WHEN 'pending' THEN 'skipped' ELSE status END AS ending,
      CASE status WHEN 'pending' THEN 'removed' ELSE COALESCE(reason_code, '') END AS why, COUNT(*)
    FROM (
      SELECT batch_id, status, reason_code FROM job
      WHERE id IN (SELECT value FROM json_each(@ids)) AND batch_id IS NOT NULL
      UNION ALL SELECT job_shared.batch_id, status, reason_code FROM job_shared JOIN job ON job.id = job_id
      WHERE job_id IN (SELECT value FROM json_each(@ids)))
    WHERE TRUE
    GROUP BY batch_id, ending, why
    ON CONFLICT (batch_id, status, reason) DO UPDATE SET count = count + excluded.count`);
  const drop = db.prepare<[string]>('DELETE FROM job WHERE id IN (SELECT value FROM json_each(?))');
  const idsIn = db.prepare<[string, number, number], { id: number }>(
    'SELECT id FROM job WHERE status = ? AND id <= ? ORDER BY id DESC LIMIT ?',
  );
  const idsOfKind = db.prepare<[string, number, number], { id: number }>(
    "SELECT id FROM job WHERE kind = ? AND status <> 'running' AND id <= ? ORDER BY id DESC LIMIT ?",
  );
  const idsOfLibrary = db.prepare<[number, number], { id: number }>(
    "SELECT id FROM job WHERE library_id = ? AND status <> 'running' LIMIT ?",
  );
  const idsEnded = db.prepare<[string, number], { id: number }>(
    'SELECT id FROM job WHERE finished_at IS NOT NULL AND finished_at <= ? ORDER BY finished_at LIMIT ?',
  );
  const emptyBatches = db.prepare<[string]>(`
    DELETE FROM job_batch WHERE created_at <= ? AND NOT EXISTS (SELECT 1 FROM job WHERE batch_id = job_batch.id)
      AND NOT EXISTS (SELECT 1 FROM job_shared WHERE batch_id = job_batch.id)`);
  const last = db.prepare<[], { id: number | null }>('SELECT MAX(id) AS id FROM job');

  const cleared = createClearedJobs(db);

  const removeIds = db.transaction((ids: readonly number[], clearing?: number): number => {
    const list = JSON.stringify(ids);
    if (clearing !== undefined) cleared.keep(list, clearing);
    fold.run({ ids: list });
    return drop.run(list).changes;
  });

  /** In small steps until the search finds nothing more. */
  async function removeAll(search: () => { id: number }[], clearing?: number): Promise<number> {
    let removed = 0;
    for (let found = search(); found.length > 0; found = search()) {
      removed += removeIds(
        found.map(({ id }) => id),
        clearing,
      );
      await yieldToEventLoop();
    }
    return removed;
  }

  return {
    removeOne: (id: number): boolean => removeIds([id]) === 1,
    /**
     * Removes the jobs that are in one of these states now; those that come into it meanwhile stay. What was removed
     * before can no longer be put back.
     */
    async removeIn(statuses: readonly JobStatus[]): Promise<Cleared> {
      const upTo = last.get()!.id ?? 0;
      const clearing = await cleared.begin();
      let removed = 0;
      for (const status of statuses) removed += await removeAll(() => idsIn.all(status, upTo, CHUNK), clearing);
      return { removed, clearing: removed > 0 ? clearing : null };
    },
    restore: cleared.restore,
    /** Removes the jobs of a kind that do not run. */
    removeKind(kind: string): Promise<number> {
      const upTo = last.get()!.id ?? 0;
      return removeAll(() => idsOfKind.all(kind, upTo, CHUNK));
    },
    /** Removes the jobs of a library that do not run. */
    removeLibrary: (libraryId: number): Promise<number> => removeAll(() => idsOfLibrary.all(libraryId, CHUNK)),
    /** Removes the jobs that ended before a time, and the batches of before that have no job any more. */
    async removeEndedBefore(time: Date): Promise<number> {
      const removed = await removeAll(() => idsEnded.all(time.toISOString(), CHUNK));
      emptyBatches.run(time.toISOString());
      return removed;
    },
  };
}
export type JobRemoval = ReturnType<typeof createJobRemoval>;
