import type { Database } from '../../../platform/database';
import type { Job, JobDelay, JobEnd, JobStatus } from '../job';
import { type JobRow, toJob } from './job-rows';

/** How a job left the state `running`. */
export interface Ending {
  readonly status: 'done' | 'skipped' | 'error';
  readonly reasonCode?: string | null;
  readonly message?: string | null;
  readonly result?: JobEnd;
}

export const CANCELLED = { status: 'skipped', reasonCode: 'cancelled', message: 'Cancelled.' } as const;

/** The steps of a job from state to state, each one statement or one transaction. */
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
    SELECT other.id FROM job JOIN job AS other ON other.kind = job.kind AND other.path = job.path
    WHERE job.id = ? AND other.status = 'pending' AND other.id <> job.id`);
  const mergeInto = db.prepare<[number, number]>(`
    UPDATE job SET force = MAX(job.force, other.force), write_tags = MAX(job.write_tags, other.write_tags),
      priority = MAX(job.priority, other.priority)
    FROM (SELECT force, write_tags, priority FROM job WHERE id = ?) AS other WHERE job.id = ?`);
  const setPending = db.prepare<[number, number], JobRow>(`
    UPDATE job SET status = 'pending', crashes = crashes + ?, started_at = NULL, finished_at = NULL,
      reason_code = NULL, error_message = NULL, outcome = NULL, not_before = NULL
    WHERE id = ? RETURNING *`);
  const deferUntil = db.prepare<[number, string, number], JobRow>(
    'UPDATE job SET not_before = ?, options = ?, attempts = attempts - 1 WHERE id = ? RETURNING *',
  );
  const idsIn = db.prepare<[string], { id: number }>('SELECT id FROM job WHERE status = ? ORDER BY id');
  const supersedeFailures = db.prepare<[string, string, number, number]>(`
    UPDATE job INDEXED BY job_failed SET status = 'skipped', reason_code = 'done_later',
      error_message = 'Done by a later job. This one failed: ' || COALESCE(error_message, reason_code, '')
    WHERE status = 'error' AND kind = ? AND path = ? AND id <> ? AND write_tags <= ?`);

  /**
   * Earlier failures of what is done now count as skipped, because they need nobody's attention any more. A file that
   * was only analyzed does not supersede the failure to write its tags.
   */
  const end = db.transaction((id: number, ending: Ending): Job => {
    const { status, reasonCode = null, message = null, result } = ending;
    const outcome = status === 'done' ? (result?.outcome ?? null) : null;
    const facts = [result?.audioMs ?? null, result?.trackId ?? null];
    const job = toJob(finish.get(status, reasonCode, message, outcome, now().toISOString(), ...facts, id)!);
    if (status === 'done' || reasonCode === 'up_to_date') {
      supersedeFailures.run(job.kind, job.path, id, Number(job.writeTags));
    }
    return job;
  });

  /** Pending again. When the same file was asked for meanwhile, that job takes over. */
  const requeue = db.transaction((id: number, crashes: 0 | 1 = 0): Job => {
    const duplicate = duplicateOf.get(id);
    if (!duplicate) return toJob(setPending.get(crashes, id)!);
    mergeInto.run(id, duplicate.id);
    return end(id, { status: 'skipped', reasonCode: 'already_queued', message: 'It waits again as a newer job.' });
  });

  /** Pending again until the time that the runner named, with the options that it needs then. */
  const delay = db.transaction((id: number, { notBefore, options }: JobDelay): Job => {
    const back = requeue(id);
    return back.status === 'pending' ? toJob(deferUntil.get(notBefore, JSON.stringify(options), id)!) : back;
  });

  return {
    find(id: number): Job | undefined {
      const row = byId.get(id);
      return row && toJob(row);
    },
    end,
    requeue,
    delay,
    /** Adds what one pending job was asked for to another, which takes over. */
    mergeInto: (id: number, other: number): void => void mergeInto.run(id, other),
    /**
     * The next job of a kind whose library is online, now running; one statement, so that no two claims get the same.
     */
    claim(kind: string, offlineLibraries: readonly number[]): Job | undefined {
      const time = now();
      const row = takeNext.get(time.toISOString(), kind, time.getTime(), JSON.stringify(offlineLibraries));
      return row && toJob(row);
    },
    listIds: (status: JobStatus): number[] => idsIn.all(status).map(({ id }) => id),
  };
}
export type JobRepository = ReturnType<typeof createJobRepository>;
