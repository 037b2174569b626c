import { type Database, pathsBelow } from '../../../platform/database';
import type { Job } from '../job';
import { type JobRow, toJob } from './job-rows';
import type { SharedJobs } from './shared-jobs';

/** A file's absolute path, the library that holds it, and its track where that is known. */
export interface FilePlace {
  readonly path: string;
  readonly libraryId: number | null;
  readonly trackId?: number;
}

/** What is asked and changed of jobs while they are pending. */
export function createPendingJobs(db: Database, now: () => Date, { listPending, takeOver }: SharedJobs) {
  const nextNotBefore = db
    .prepare<[number], number | null>(`
      SELECT MIN(not_before) FROM job INDEXED BY job_asleep
      WHERE status = 'pending' AND not_before IS NOT NULL AND not_before > ?`)
    .pluck();
  const idsInside = db
    .prepare<[{ kind: string; path: string; from: string; to: string }], number>(`
      SELECT id FROM job INDEXED BY job_waits_once
      WHERE status = 'pending' AND kind = @kind AND (path = @path OR (path > @from AND path < @to))`)
    .pluck();
  const byId = db.prepare<[number], JobRow>('SELECT * FROM job WHERE id = ?');
  const setPlace = db.prepare<[{ path: string; libraryId: number | null; trackId: number | null; id: number }]>(
    'UPDATE job SET path = @path, library_id = @libraryId, track_id = COALESCE(track_id, @trackId) WHERE id = @id',
  );
  // What runs, and what failed and may be tried again. Where another has the path already, that one is the newer.
  const setPathOfOthers = db.prepare<[{ kind: string; from: string; to: string; trackId: number | null }]>(`
    UPDATE OR IGNORE job SET path = @to
    WHERE id IN (
      SELECT id FROM job WHERE kind = @kind AND path = @from AND status = 'running'
      UNION SELECT id FROM job WHERE kind = @kind AND path = @from AND status = 'error'
      UNION SELECT id FROM job WHERE kind = @kind AND track_id = @trackId AND status <> 'pending')`);
  const idsInBatch = db
    .prepare<[number, number], number>(`SELECT id FROM job WHERE batch_id = ? AND status = 'pending' LIMIT ?`)
    .pluck();
  const raiseNotBefore = db.prepare<[number, string, string]>(`
    UPDATE job SET not_before = MAX(not_before, ?)
    WHERE status = 'pending' AND kind = ? AND path = ? AND not_before IS NOT NULL`);
  const toFront = db.prepare<[number], JobRow>(`
    UPDATE job SET priority = 1 + (SELECT MAX(priority) FROM job WHERE status = 'pending'), not_before = NULL
    WHERE id = ? AND status = 'pending' RETURNING *`);

  return {
    /** When the next job may begin that may not yet; milliseconds since 1970. */
    nextNotBefore: (): number | null => nextNotBefore.get(now().getTime()) ?? null,
    /** Jobs of a file, or of those below a folder. */
    listInside: (kind: string, path: string): number[] => idsInside.all({ kind, path, ...pathsBelow(path) }),
    listInBatch: (batchId: number, limit: number): number[] => idsInBatch.all(batchId, limit),
    /**
     * Gives the jobs of a file its new path, and those that ended the same, so that the list names no file that is
     * gone. Where one is pending for that path already, it takes over: gives the ended ones.
     */
    moveFile(kind: string, from: string, { path: to, libraryId, trackId }: FilePlace): Job[] {
      setPathOfOthers.run({ kind, from, to, trackId: trackId ?? null });
      const moving = listPending(kind, from, trackId ?? null);
      if (moving.length === 0) return [];
      const all = new Set([...moving, ...listPending(kind, to, null)]);
      const [first, ...rest] = [...all];
      for (const other of rest) takeOver(other, first, 'It waits under its new path.');
      setPlace.run({ id: first, path: to, libraryId, trackId: trackId ?? null });
      return rest.map((id) => toJob(byId.get(id)!));
    },
    /** Raises the time before which a job does not begin; false when there is none that has such a time. */
    raiseNotBefore: (kind: string, path: string, notBefore: number): boolean =>
      raiseNotBefore.run(notBefore, kind, path).changes > 0,
    /** The job, which is the next of its kind now; undefined when it is not pending. */
    moveToFront(id: number): Job | undefined {
      const row = toFront.get(id);
      return row && toJob(row);
    },
  };
}
export type PendingJobs = ReturnType<typeof createPendingJobs>;
