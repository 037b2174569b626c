import type { Database } from '../../../platform/database';

interface Member {
  batch_id: number;
  write_tags: number;
}
interface Owner {
  batch_id: number | null;
  write_tags: number;
}

/**
 * Which requests count a job: the batch that it belongs to, and those that asked for the same file while it was
 * pending. Each counts it once, by how it ends.
 */
export function createSharedJobs(db: Database, now: () => Date) {
  const ownerOf = db.prepare<[number], Owner>('SELECT batch_id, write_tags FROM job WHERE id = ?');
  const membersOf = db.prepare<[number], Member>('SELECT batch_id, write_tags FROM job_shared WHERE job_id = ?');
  const add = db.prepare<[number, number, number]>(`
    INSERT INTO job_shared (batch_id, job_id, write_tags) VALUES (?, ?, ?)
    ON CONFLICT (batch_id, job_id) DO UPDATE SET write_tags = MAX(write_tags, excluded.write_tags)`);
  const isMember = db
    .prepare<[number, number], 1>('SELECT 1 FROM job_shared WHERE batch_id = ? AND job_id = ?')
    .pluck();
  const leave = db.prepare<[number, number]>('DELETE FROM job_shared WHERE batch_id = ? AND job_id = ?');
  const leaveAll = db.prepare<[number]>('DELETE FROM job_shared WHERE job_id = ?');
  const setOwner = db.prepare<[number | null, number]>('UPDATE job SET batch_id = ? WHERE id = ?');
  const addEnded = db.prepare<[number, string, number]>(`
    INSERT INTO job_batch_ended (batch_id, status, reason, count) VALUES (?, 'skipped', ?, ?)
    ON CONFLICT (batch_id, status, reason) DO UPDATE SET count = count + excluded.count`);
  const merge = db.prepare<[number, number]>(`
    UPDATE job SET force = MAX(job.force, other.force), write_tags = MAX(job.write_tags, other.write_tags),
      priority = MAX(job.priority, other.priority), track_id = COALESCE(job.track_id, other.track_id)
    FROM (SELECT force, write_tags, priority, track_id FROM job WHERE id = ?) AS other WHERE job.id = ?`);
  const pendingOf = db
    .prepare<[string, string, string, number | null], number>(`
      SELECT id FROM (
        SELECT id, write_tags, 0 AS elsewhere FROM job WHERE status = 'pending' AND kind = ? AND path = ?
        UNION SELECT id, write_tags, 1 FROM job WHERE status = 'pending' AND kind = ? AND track_id = ?)
      GROUP BY id ORDER BY MAX(write_tags) DESC, MIN(elsewhere), id`)
    .pluck();
  const giveWay = db.prepare<[string, string, number]>(`
    UPDATE job SET status = 'skipped', reason_code = 'already_queued', error_message = ?, finished_at = ?
    WHERE id = ?`);

  /** Lets a batch count a job that another has; false when it counts it already. */
  function share(batchId: number, jobId: number, writesTags: boolean): boolean {
    if (ownerOf.get(jobId)?.batch_id === batchId) return false;
    const isNew = isMember.get(batchId, jobId) === undefined;
    add.run(batchId, jobId, Number(writesTags));
    return isNew;
  }

  /** The batch that wants the tags written owns the job; the one of before did not ask for that. */
  function own(batchId: number | null, jobId: number): void {
    const before = ownerOf.get(jobId)!;
    if (batchId === null || before.batch_id === batchId) return;
    leave.run(batchId, jobId);
    setOwner.run(batchId, jobId);
    if (before.batch_id !== null) add.run(before.batch_id, jobId, before.write_tags);
  }

  /** Pending jobs of a file, by its path or its track; first the one that the others give way to. */
  function listPending(kind: string, path: string, trackId: number | null): number[] {
    return pendingOf.all(kind, path, kind, trackId);
  }

  /** Whoever counted a job that ends counts another one now. */
  function handOver(members: readonly Member[], into: number): void {
    for (const { batch_id: batchId, write_tags: writesTags } of members) {
      if (!share(batchId, into, writesTags === 1)) addEnded.run(batchId, 'already_queued', 1);
    }
  }

  /** A pending job takes over what another one, which ends, was asked for. */
  function takeOver(from: number, into: number, message: string): void {
    const [{ batch_id: owner, write_tags: writesTags }, taker] = [ownerOf.get(from)!, ownerOf.get(into)!];
    const members = membersOf.all(from);
    setOwner.run(null, from);
    leaveAll.run(from);
    giveWay.run(message, now().toISOString(), from);
    handOver(owner === null ? members : [{ batch_id: owner, write_tags: writesTags }, ...members], into);
    if (writesTags > taker.write_tags) own(owner, into);
    merge.run(from, into);
  }

  return {
    share,
    own,
    listPending,
    takeOver,
    /** Counts files of a batch that have no job. */
    pass: (batchId: number, reason: string, count: number): void => void addEnded.run(batchId, reason, count),
  };
}
export type SharedJobs = ReturnType<typeof createSharedJobs>;
