import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { createGroupCommit, type Database } from '../../../platform/database';
import type { Enqueued, JobRequest, JobTarget } from '../job';
import { createBatching } from './batching';
import type { SharedJobs } from './shared-jobs';

/** Jobs written in one transaction: few enough that others wait no longer than some hundredths of a second. */
const CHUNK = 150;

interface Beginning {
  readonly request: JobRequest;
  readonly targets: readonly JobTarget[];
}

interface Queued {
  readonly id: number;
  /** Not pending before. */
  readonly isNew: boolean;
  /** Not counted by this batch before. */
  readonly isCounted: boolean;
}

/**
 * Stores a batch and its jobs. A file that is pending already keeps its one job, which takes the higher priority and
 * what both asked for, and counts for both by how it ends.
 */
export function createEnqueue(db: Database, now: () => Date, shared: SharedJobs) {
  const addBatch = db.prepare<[string, string, string]>(
    'INSERT INTO job_batch (title, source, created_at) VALUES (?, ?, ?)',
  );
  const addFound = db.prepare<[number, number]>('UPDATE job_batch SET found = found + ? WHERE id = ?');
  const addJob = db.prepare<unknown[], { id: number }>(`
    INSERT INTO job (kind, path, library_id, track_id, batch_id, priority, force, write_tags, options, audio_ms,
      not_before, created_at)
    VALUES (@kind, @path, @libraryId, @trackId, @batchId, @priority, @force, @writeTags, @options, @audioMs,
      @notBefore, @createdAt)
    RETURNING id`);
  const ask = db.prepare<unknown[]>(`
    UPDATE job SET path = @path, track_id = COALESCE(@trackId, track_id),
      priority = MAX(priority, @priority), force = MAX(force, @force), write_tags = MAX(write_tags, @writeTags),
      options = @options, not_before = MAX(not_before, @notBefore)
    WHERE id = @id`);
  const writesTags = db.prepare<[number], number>('SELECT write_tags FROM job WHERE id = ?').pluck();
  const rename = db.prepare<[string, number]>('UPDATE job_batch SET title = ? WHERE id = ?');
  const batching = createBatching(now);

  /** The batch that the request joins, or a new one. */
  function open({ title, source, passed = {}, batch }: JobRequest): number {
    const known = batch && batching.find(batch);
    const isJoined = known !== undefined && rename.run(batch!.title, known).changes > 0;
    const batchId = isJoined ? known : Number(addBatch.run(title, source.name, now().toISOString()).lastInsertRowid);
    if (batch) batching.remember(batch, batchId);
    for (const [reason, count] of Object.entries(passed)) pass(batchId, reason, count);
    return batchId;
  }

  function pass(batchId: number, reason: string, count: number): void {
    if (count <= 0) return;
    addFound.run(count, batchId);
    shared.pass(batchId, reason, count);
  }

  /** A job of its own, or the one that is pending for the file already. */
  function addOne(batchId: number, request: JobRequest, target: JobTarget): Queued {
    const { kind, source, force = false, writeTags = false } = request;
    const { path, libraryId = null, trackId = null, audioMs = null } = target;
    const options = JSON.stringify({ ...request.options, ...target.options });
    const asked = { path, trackId, options, notBefore: request.notBefore ?? null };
    const choices = { priority: source.priority, force: Number(force), writeTags: Number(writeTags) };
    const [id, ...others] = shared.listPending(kind, path, trackId);
    if (id === undefined) {
      const row = { kind, libraryId, batchId, audioMs, createdAt: now().toISOString(), ...asked, ...choices };
      return { id: addJob.get(row)!.id, isNew: true, isCounted: true };
    }
    for (const other of others) shared.takeOver(other, id, 'It waits as another job.');
    const isCounted = shared.share(batchId, id, writeTags);
    if (writeTags && writesTags.get(id) === 0) shared.own(batchId, id);
    ask.run({ id, ...asked, ...choices });
    return { id, isNew: false, isCounted };
  }

  const addChunk = db.transaction((batchId: number, request: JobRequest, targets: readonly JobTarget[]) => {
    const queued = targets.map((target) => addOne(batchId, request, target));
    addFound.run(queued.filter(({ isCounted }) => isCounted).length, batchId);
    return { ids: queued.map(({ id }) => id), added: queued.filter(({ isNew }) => isNew).length };
  });

  /** A batch with its first jobs, in one transaction with what others ask for in the same turn. */
  const begin = createGroupCommit(db, ({ request, targets }: Beginning) => {
    try {
      const batchId = open(request);
      return { batchId, ...addChunk(batchId, request, targets) };
    } catch (thrown) {
      // The batch is rolled back, and another may get its number.
      if (request.batch) batching.forget(request.batch);
      throw thrown;
    }
  });

  /** Resolves when all jobs are durable; yields to others between the chunks. */
  return async function enqueue(request: JobRequest): Promise<Enqueued> {
    const targets = [...new Map(request.targets.map((target) => [target.path, target])).values()];
    const first = begin({ request, targets: targets.slice(0, CHUNK) });
    first.catch(() => request.batch && batching.forget(request.batch));
    const { batchId, ids: jobIds, added: begun } = await first;
    let added = begun;
    for (let at = CHUNK; at < targets.length; at += CHUNK) {
      await yieldToEventLoop();
      const chunk = addChunk(batchId, request, targets.slice(at, at + CHUNK));
      jobIds.push(...chunk.ids);
      added += chunk.added;
    }
    return { batchId, jobIds, added };
  };
}
