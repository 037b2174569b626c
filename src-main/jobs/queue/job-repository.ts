import { type Database, pathsBelow } from '../../platform/database';
import type { Job, JobDelay, JobEnd, JobKind, JobStatus } from './job';
import { type JobRow, toJob } from './job-rows';

/** How a job left the state `running`. */
export interface Ending {
  readonly status: 'done' | 'skipped' | 'error';
  readonly reasonCode?: string | null;
  readonly message?: string | null;
  readonly result?: JobEnd;
}

/** A file's absolute path, and the library that holds it. */
export interface FilePlace {
  readonly path: string;
  readonly libraryId: number | null;
}

/** The rows of the queue and the steps from state to state, each one statement or one transaction. */
export function createJobRepository(db: Database, now: () => Date) {
  const byId = db.prepare<[number], JobRow>('SELECT * FROM job WHERE id = ?');
  const takeNext = db.prepare<[string, string, number, string], JobRow>(`
    UPDATE job SET status = 'running', started_at = ?, attempts = attempts + 1
    WHERE id = (
      SELECT next.id FROM job AS next
      WHERE next.status = 'pending' AND next.kind = ? AND (next.not_before IS NULL OR next.not_before <= ?) AND NOT EXISTS (
        SELECT 1 FROM job AS busy WHERE busy.status = 'running' AND busy.kind = next.kind AND busy.path = next.path)
        AND (next.library_id IS NULL OR next.library_id NOT IN (SELECT value FROM json_each(?)))
      ORDER BY next.priority DESC, next.id LIMIT 1)
    RETURNING *`);
  const finish = db.prepare<unknown[], JobRow>(`
    UPDATE job SET status = ?, reason_code = ?, error_message = ?, outcome = ?, finished_at = ?,
      audio_ms = COALESCE(?, audio_ms), track_id = COALESCE(?, track_id)
    WHERE id = ? RETURNING *`);
  const duplicateOf = db.prepare<[number], { id: number }>(`
    SELECT twin.id FROM job JOIN job AS twin ON twin.kind = job.kind AND twin.path = job.path
    WHERE job.id = ? AND twin.status = 'pending' AND twin.id <> job.id`);
  const merge = db.prepare<[number, number]>(`
    UPDATE job SET force = MAX(job.force, other.force), write_tags = MAX(job.write_tags, other.write_tags),
      priority = MAX(job.priority, other.priority)
    FROM (SELECT force, write_tags, priority FROM job WHERE id = ?) AS other WHERE job.id = ?`);
  const wait = db.prepare<[number, number], JobRow>(`
    UPDATE job SET status = 'pending', crashes = crashes + ?, started_at = NULL, finished_at = NULL,
      reason_code = NULL, error_message = NULL, outcome = NULL, not_before = NULL
    WHERE id = ? RETURNING *`);
  const deferUntil = db.prepare<[number, string, number], JobRow>(
    'UPDATE job SET not_before = ?, options = ?, attempts = attempts - 1 WHERE id = ? RETURNING *',
  );
  const nextWaking = db
    .prepare<[number], number | null>(`
      SELECT MIN(not_before) FROM job INDEXED BY job_asleep
      WHERE status = 'pending' AND not_before IS NOT NULL AND not_before > ?`)
    .pluck();
  const waitingInside = db
    .prepare<[{ kind: JobKind; path: string; from: string; to: string }], number>(`
      SELECT id FROM job INDEXED BY job_waits_once
      WHERE status = 'pending' AND kind = @kind AND (path = @path OR (path > @from AND path < @to))`)
    .pluck();
  const waitingFor = db
    .prepare<[string, string], number>(`SELECT id FROM job WHERE status = 'pending' AND kind = ? AND path = ?`)
    .pluck();
  const repath = db.prepare<[string, number | null, number]>('UPDATE job SET path = ?, library_id = ? WHERE id = ?');
  const postpone = db.prepare<[number, string, string]>(`
    UPDATE job SET not_before = MAX(not_before, ?)
    WHERE status = 'pending' AND kind = ? AND path = ? AND not_before IS NOT NULL`);
  const idsIn = db.prepare<[string], { id: number }>('SELECT id FROM job WHERE status = ? ORDER BY id');
  const toFront = db.prepare<[number], JobRow>(`
    UPDATE job SET priority = 1 + (SELECT MAX(priority) FROM job WHERE status = 'pending'), not_before = NULL
    WHERE id = ? AND status = 'pending' RETURNING *`);

  const supersedeFailures = db.prepare<[string, string, number, number]>(`
    UPDATE job INDEXED BY job_failed SET status = 'skipped', reason_code = 'done_later',
      error_message = 'Done by a later job. This one failed: ' || COALESCE(error_message, reason_code, '')
    WHERE status = 'error' AND kind = ? AND path = ? AND id <> ? AND write_tags <= ?`);

  function find(id: number): Job | undefined {
    const row = byId.get(id);
    return row && toJob(row);
  }

  /**
   * What is done now needs nobody's attention any more where it failed before: those jobs count as skipped.
   * A file that was only listened to does not settle that its tags could not be written.
   */
  const end = db.transaction((id: number, ending: Ending): Job => {
    const { status, reasonCode = null, message = null, result } = ending;
    const outcome = status === 'done' ? (result?.outcome ?? null) : null;
    const analyzed = [result?.audioMs ?? null, result?.trackId ?? null];
    const job = toJob(finish.get(status, reasonCode, message, outcome, now().toISOString(), ...analyzed, id)!);
    if (status === 'done' || reasonCode === 'up_to_date') {
      supersedeFailures.run(job.kind, job.path, id, Number(job.writeTags));
    }
    return job;
  });

  /** Back among the waiting. When the same file was asked for again meanwhile, that job takes over. */
  const requeue = db.transaction((id: number, crashes: 0 | 1 = 0): Job => {
    const duplicate = duplicateOf.get(id);
    if (!duplicate) return toJob(wait.get(crashes, id)!);
    merge.run(id, duplicate.id);
    return end(id, { status: 'skipped', reasonCode: 'already_queued', message: 'It waits again as a newer job.' });
  });

  /** Back among the waiting, for as long as the runner said; what it wants to know then is in the options. */
  const delay = db.transaction((id: number, { notBefore, options }: JobDelay): Job => {
    const back = requeue(id);
    return back.status === 'pending' ? toJob(deferUntil.get(notBefore, JSON.stringify(options), id)!) : back;
  });

  return {
    find,
    end,
    requeue,
    delay,
    /**
     * The next job of a kind whose library is not held, now running; one statement, so that no two claims get the same.
     */
    claim(kind: JobKind, offlineLibraries: readonly number[]): Job | undefined {
      const time = now();
      const row = takeNext.get(time.toISOString(), kind, time.getTime(), JSON.stringify(offlineLibraries));
      return row && toJob(row);
    },
    /** When the next job is due that waits for a time now; milliseconds since 1970. */
    nextWaking: (): number | null => nextWaking.get(now().getTime()) ?? null,
    /** Jobs that wait for a file, or for those below a folder. */
    listWaitingInside: (kind: JobKind, path: string): number[] =>
      waitingInside.all({ kind, path, ...pathsBelow(path) }),
    /** The job of a file that has another path now; that of the new path, when one waits there, takes over. */
    moveFile(kind: JobKind, from: string, { path: to, libraryId }: FilePlace): { ended?: Job; moved?: number } {
      const id = waitingFor.get(kind, from);
      if (id === undefined) return {};
      const duplicate = waitingFor.get(kind, to);
      if (duplicate === undefined) {
        repath.run(to, libraryId, id);
        return { moved: id };
      }
      merge.run(id, duplicate);
      const reason = { reasonCode: 'already_queued', message: 'It waits under its new path.' };
      return { ended: end(id, { status: 'skipped', ...reason }) };
    },
    /** Lets a job wait longer that waits for a time anyway; false when there is none. */
    postpone: (kind: JobKind, path: string, notBefore: number): boolean =>
      postpone.run(notBefore, kind, path).changes > 0,
    listIds: (status: JobStatus): number[] => idsIn.all(status).map(({ id }) => id),
    moveToFront(id: number): Job | undefined {
      const row = toFront.get(id);
      return row && toJob(row);
    },
  };
}
export type JobRepository = ReturnType<typeof createJobRepository>;
