import type { Database } from '../database';
import type { Job, JobKind, JobResult, JobStatus } from './job';
import { type JobRow, toJob } from './job-rows';

/** How a job left the state `running`. */
export interface Ending {
  readonly status: 'done' | 'skipped' | 'error';
  readonly reasonCode?: string | null;
  readonly message?: string | null;
  readonly result?: JobResult;
}

/** The rows of the queue and the steps from state to state, each one statement or one transaction. */
export function createJobRepository(db: Database, now: () => Date) {
  const byId = db.prepare<[number], JobRow>('SELECT * FROM job WHERE id = ?');
  const takeNext = db.prepare<[string, string], JobRow>(`
    UPDATE job SET status = 'running', started_at = ?, attempts = attempts + 1
    WHERE id = (
      SELECT next.id FROM job AS next
      WHERE next.status = 'pending' AND next.kind = ? AND NOT EXISTS (
        SELECT 1 FROM job AS busy WHERE busy.status = 'running' AND busy.kind = next.kind AND busy.path = next.path)
      ORDER BY next.priority DESC, next.id LIMIT 1)
    RETURNING *`);
  const finish = db.prepare<unknown[], JobRow>(`
    UPDATE job SET status = ?, reason_code = ?, error_message = ?, outcome = ?, finished_at = ?,
      audio_ms = COALESCE(?, audio_ms), track_id = COALESCE(?, track_id)
    WHERE id = ? RETURNING *`);
  const twinOf = db.prepare<[number], { id: number }>(`
    SELECT twin.id FROM job JOIN job AS twin ON twin.kind = job.kind AND twin.path = job.path
    WHERE job.id = ? AND twin.status = 'pending' AND twin.id <> job.id`);
  const merge = db.prepare<[number, number]>(`
    UPDATE job SET force = MAX(job.force, other.force), write_tags = MAX(job.write_tags, other.write_tags),
      priority = MAX(job.priority, other.priority)
    FROM (SELECT force, write_tags, priority FROM job WHERE id = ?) AS other WHERE job.id = ?`);
  const wait = db.prepare<[number, number], JobRow>(`
    UPDATE job SET status = 'pending', crashes = crashes + ?, started_at = NULL, finished_at = NULL,
      reason_code = NULL, error_message = NULL, outcome = NULL
    WHERE id = ? RETURNING *`);
  const idsIn = db.prepare<[string], { id: number }>('SELECT id FROM job WHERE status = ? ORDER BY id');
  const toFront = db.prepare<[number], JobRow>(`
    UPDATE job SET priority = 1 + (SELECT MAX(priority) FROM job WHERE status = 'pending')
    WHERE id = ? AND status = 'pending' RETURNING *`);

  function find(id: number): Job | undefined {
    const row = byId.get(id);
    return row && toJob(row);
  }

  function end(id: number, ending: Ending): Job {
    const { status, reasonCode = null, message = null, result } = ending;
    const outcome = status === 'done' ? (result?.outcome ?? null) : null;
    const heard = [result?.audioMs ?? null, result?.trackId ?? null];
    return toJob(finish.get(status, reasonCode, message, outcome, now().toISOString(), ...heard, id)!);
  }

  /** Back among the waiting. When the same file was asked for again meanwhile, that job takes over. */
  const requeue = db.transaction((id: number, crashes: 0 | 1 = 0): Job => {
    const twin = twinOf.get(id);
    if (!twin) return toJob(wait.get(crashes, id)!);
    merge.run(id, twin.id);
    return end(id, { status: 'skipped', reasonCode: 'already_queued', message: 'It waits again as a newer job.' });
  });

  return {
    find,
    end,
    requeue,
    /** The next job of a kind, now running; one statement, so that two claims never get the same. */
    claim(kind: JobKind): Job | undefined {
      const row = takeNext.get(now().toISOString(), kind);
      return row && toJob(row);
    },
    listIds: (status: JobStatus): number[] => idsIn.all(status).map(({ id }) => id),
    moveToFront(id: number): Job | undefined {
      const row = toFront.get(id);
      return row && toJob(row);
    },
  };
}
export type JobRepository = ReturnType<typeof createJobRepository>;
