import type { Database } from '../../../platform/database';
import type { Job, JobDelay, JobEnd, JobStatus } from '../job';
import { type JobRow, toJob } from './job-rows';
import type { SharedJobs } from './shared-jobs';

/** How a job left the state `running`. */
export interface Ending {
  readonly status: 'done' | 'skipped' | 'error';
  readonly reasonCode?: string | null;
  readonly message?: string | null;
  readonly result?: JobEnd;
}

/** What a command works on that opened the library for itself: the jobs that one batch counts. */
export interface RunScope {
  readonly batchId: number;
  /** Else no job that writes is begun. */
  readonly writesTags: boolean;
}

interface ClaimRow {
  at: string;
  kind: string;
  time: number;
  offline: string;
  mayWrite: number;
  batchId: number | null;
}

/** Reasons to skip a file that tell as much of it as a success. */
const SETTLED: readonly string[] = ['up_to_date', 'too_short'];
const DONE_LATER = { reason: 'done_later', message: 'Done by a later job.' };
const FAILED_LATER = { reason: 'failed_later', message: 'Tried again by a later job.' };

export const CANCELLED = { status: 'skipped', reasonCode: 'cancelled', message: 'Cancelled.' } as const;

/** The steps of a job from state to state, each one statement or one transaction. */
export function createJobRepository(db: Database, now: () => Date, shared: SharedJobs) {
  const byId = db.prepare<[number], JobRow>('SELECT * FROM job WHERE id = ?');
  const takeNext = db.prepare<[ClaimRow], JobRow>(`
    UPDATE job SET status = 'running', started_at = @at, attempts = attempts + 1
    WHERE id = (
      SELECT next.id FROM job AS next
      WHERE next.status = 'pending' AND next.kind = @kind AND (next.not_before IS NULL OR next.not_before <= @time)
        AND NOT EXISTS (
          SELECT 1 FROM job AS busy WHERE busy.status = 'running' AND busy.path = next.path)
        AND (next.library_id IS NULL OR next.library_id NOT IN (SELECT value FROM json_each(@offline)))
        AND next.write_tags <= @mayWrite
        AND (@batchId IS NULL OR next.batch_id = @batchId OR EXISTS (
          SELECT 1 FROM job_shared WHERE job_shared.batch_id = @batchId AND job_shared.job_id = next.id))
      ORDER BY next.priority DESC, next.id LIMIT 1)
    RETURNING *`);
  const finish = db.prepare<unknown[], JobRow>(`
    UPDATE job SET status = ?, reason_code = ?, error_message = ?, outcome = ?, finished_at = ?,
      audio_ms = COALESCE(?, audio_ms), track_id = COALESCE(?, track_id)
    WHERE id = ? RETURNING *`);
  const setPending = db.prepare<[number, number], JobRow>(`
    UPDATE job SET status = 'pending', crashes = crashes + ?, started_at = NULL, finished_at = NULL,
      reason_code = NULL, error_message = NULL, outcome = NULL, not_before = NULL
    WHERE id = ? RETURNING *`);
  const deferUntil = db.prepare<[number, string, number], JobRow>(
    'UPDATE job SET not_before = ?, options = ?, attempts = attempts - 1 WHERE id = ? RETURNING *',
  );
  const idsIn = db.prepare<[string], { id: number }>('SELECT id FROM job WHERE status = ? ORDER BY id');
  const supersedeFailures = db.prepare<[string, string, string, string, number, number]>(`
    UPDATE job INDEXED BY job_failed SET status = 'skipped', reason_code = ?,
      error_message = ? || ' This one failed: ' || COALESCE(error_message, reason_code, '')
    WHERE status = 'error' AND kind = ? AND path = ? AND id <> ? AND write_tags <= ?`);

  /**
   * Earlier failures for the same file count as skipped, because they need nobody's attention any more: what failed is
   * done, or failed anew and is counted there. A file that was only analyzed does not supersede the failure to write its
   * tags.
   */
  const end = db.transaction((id: number, ending: Ending): Job => {
    const { status, reasonCode = null, message = null, result } = ending;
    const outcome = status === 'done' ? (result?.outcome ?? null) : null;
    const facts = [result?.audioMs ?? null, result?.trackId ?? null];
    const job = toJob(finish.get(status, reasonCode, message, outcome, now().toISOString(), ...facts, id)!);
    const isSettled = status === 'done' || SETTLED.includes(reasonCode ?? '');
    if (isSettled || status === 'error') {
      const words = isSettled ? DONE_LATER : FAILED_LATER;
      supersedeFailures.run(words.reason, words.message, job.kind, job.path, id, Number(job.writeTags));
    }
    return job;
  });

  /** Pending again. When the same file was asked for meanwhile, that job takes over. */
  const requeue = db.transaction((id: number, crashes: 0 | 1 = 0): Job => {
    const { kind, path, track_id: trackId, write_tags: writesTags } = byId.get(id)!;
    // The job of a run that does not write goes on beside the one that another request will write with.
    const pending = shared.listPending(kind, path, trackId);
    const duplicate = pending.find((other) => writesTags === 1 || byId.get(other)!.write_tags === 0);
    if (duplicate === undefined) return toJob(setPending.get(crashes, id)!);
    shared.takeOver(id, duplicate, 'It waits again as a newer job.');
    return toJob(byId.get(id)!);
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
    /**
     * The next job of a kind whose library is online, now running; one statement, so that no two claims get the same.
     * With a scope, only of its jobs.
     */
    claim(kind: string, offlineLibraries: readonly number[], scope?: RunScope): Job | undefined {
      const [time, offline] = [now(), JSON.stringify(offlineLibraries)];
      const { batchId = null, writesTags = true } = scope ?? {};
      const at = { at: time.toISOString(), time: time.getTime() };
      const row = takeNext.get({ kind, offline, ...at, batchId, mayWrite: Number(writesTags) });
      return row && toJob(row);
    },
    listIds: (status: JobStatus): number[] => idsIn.all(status).map(({ id }) => id),
  };
}
export type JobRepository = ReturnType<typeof createJobRepository>;
