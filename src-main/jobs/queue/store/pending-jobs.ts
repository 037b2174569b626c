import { type Database, pathsBelow } from '../../../platform/database';
import type { Job } from '../job';
import type { JobRepository } from './job-repository';
import { type JobRow, toJob } from './job-rows';

/** A file's absolute path, and the library that holds it. */
export interface FilePlace {
  readonly path: string;
  readonly libraryId: number | null;
}

/** What is asked and changed of jobs while they are pending. */
export function createPendingJobs(
  db: Database,
  now: () => Date,
  { end, mergeInto }: Pick<JobRepository, 'end' | 'mergeInto'>,
) {
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
  const idsInBatch = db
    .prepare<[number, number], number>(`SELECT id FROM job WHERE batch_id = ? AND status = 'pending' LIMIT ?`)
    .pluck();
  const idOfFile = db
    .prepare<[string, string], number>(`SELECT id FROM job WHERE status = 'pending' AND kind = ? AND path = ?`)
    .pluck();
  const setPlace = db.prepare<[string, number | null, number]>('UPDATE job SET path = ?, library_id = ? WHERE id = ?');
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
    /** Gives a job the new path of its file. Where one is pending for that path, it takes over: the ended one. */
    moveFile(kind: string, from: string, { path: to, libraryId }: FilePlace): Job | undefined {
      const id = idOfFile.get(kind, from);
      if (id === undefined) return undefined;
      const duplicate = idOfFile.get(kind, to);
      if (duplicate === undefined) {
        setPlace.run(to, libraryId, id);
        return undefined;
      }
      mergeInto(id, duplicate);
      return end(id, { status: 'skipped', reasonCode: 'already_queued', message: 'It waits under its new path.' });
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
