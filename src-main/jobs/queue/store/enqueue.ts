import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { createGroupCommit, type Database } from '../../../platform/database';
import type { Enqueued, JobRequest, JobTarget } from '../job';
import { createBatching } from './batching';

/** Jobs written in one transaction: few enough that others wait no longer than some hundredths of a second. */
const CHUNK = 150;

interface InsertedRow {
  id: number;
  batch_id: number | null;
}

interface Beginning {
  readonly request: JobRequest;
  readonly targets: readonly JobTarget[];
}

/**
 * Stores a batch and its jobs. A file that is pending already keeps its one job, which takes the higher priority and
 * what both asked for; the new batch counts it as skipped, `already_queued`.
 */
export function createEnqueue(db: Database, now: () => Date) {
  const addBatch = db.prepare<[string, string, string]>(
    'INSERT INTO job_batch (title, source, created_at) VALUES (?, ?, ?)',
  );
  const addFound = db.prepare<[number, number]>('UPDATE job_batch SET found = found + ? WHERE id = ?');
  const addPassed = db.prepare<[number, string, number]>(`
    INSERT INTO job_batch_ended (batch_id, status, reason, count) VALUES (?, 'skipped', ?, ?)
    ON CONFLICT (batch_id, status, reason) DO UPDATE SET count = count + excluded.count`);
  const addJob = db.prepare<unknown[], InsertedRow>(`
    INSERT INTO job (kind, path, library_id, track_id, batch_id, priority, force, write_tags, options, audio_ms,
      not_before, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (kind, path) WHERE status = 'pending' DO UPDATE SET
      priority = MAX(priority, excluded.priority), force = MAX(force, excluded.force),
      write_tags = MAX(write_tags, excluded.write_tags), options = excluded.options,
      track_id = COALESCE(excluded.track_id, track_id), not_before = MAX(not_before, excluded.not_before)
    RETURNING id, batch_id`);

  const lastId = db.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'job'").pluck();
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
    addPassed.run(batchId, reason, count);
  }

  const addChunk = db.transaction((batchId: number, request: JobRequest, targets: readonly JobTarget[]) => {
    const createdAt = now().toISOString();
    const before = lastId.get() ?? 0;
    const rows = targets.map((target) => {
      const choices = [request.source.priority, Number(request.force ?? false), Number(request.writeTags ?? false)];
      const options = JSON.stringify({ ...request.options, ...target.options });
      const owner = [target.libraryId ?? null, target.trackId ?? null, batchId];
      const times = [target.audioMs ?? null, request.notBefore ?? null, createdAt];
      return addJob.get(request.kind, target.path, ...owner, ...choices, options, ...times)!;
    });
    const known = rows.filter((row) => row.batch_id !== batchId).length;
    // What is pending already of a batch that is joined was counted in it.
    const added = rows.filter((row) => row.id > before).length;
    addFound.run(added, batchId);
    pass(batchId, 'already_queued', known);
    return { ids: rows.map((row) => row.id), added };
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
