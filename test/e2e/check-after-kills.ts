import { dirname } from 'node:path';
import { expect } from 'vitest';
import { openDatabase } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { aTagWriter } from '../support/tag-writer';
import { leftOvers, type Print, printsOf, sha } from './music';
import { jobsOf, type Served, type ServeOptions, unaccounted, until, workersOf } from './served';

export interface AfterKills {
  /** Running, with nothing left to do; stopped here. */
  readonly app: Served;
  readonly options: ServeOptions;
  readonly files: readonly string[];
  readonly before: ReadonlyMap<string, Print>;
  readonly batches: readonly number[];
}

/** Everything that must be true of library, queue, database and processes, however often the application was killed. */
export async function checkAfterKills({ app, options, files, before, batches }: AfterKills) {
  for (const batchId of batches) {
    const batch = await app.api.queue.batch({ batch_id: batchId });
    expect(batch, `batch ${batchId}`).toMatchObject({ found: files.length, pending: 0, running: 0, failed: [] });
    expect(unaccounted(batch)).toBe(0);
    const jobs = await jobsOf(app.api, batchId);
    expect([...jobs.keys()].sort()).toEqual([...files].sort());
    for (const job of jobs.values()) expect(job, job.path).toMatchObject({ status: 'done', error_message: null });
  }
  expect(await app.stop()).toBe(0);
  await until('the workers to leave', () => workersOf(options.data).length === 0, 15_000);
  expect(leftOvers(dirname(files[0]))).toEqual([]);

  const after = await printsOf(files);
  for (const path of files) {
    const { payload, sound } = before.get(path)!;
    expect(after.get(path), path).toMatchObject({ payload, sound });
  }
  return checkDatabase(options.data, files, before);
}

/** The journal says what the files are, and can bring every one of them back byte for byte. */
async function checkDatabase(data: string, files: readonly string[], before: ReadonlyMap<string, Print>) {
  const db = openDatabase(findPaths({ data, models: [] }).database);
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    const writer = aTagWriter({ db, reserveBytes: 0 });
    let writes = 0;
    for (const path of files) {
      const entries = writer.list({ path });
      writes += entries.length;
      expect(entries.filter(({ state }) => state === 'prepared' || state === 'undoing')).toEqual([]);
      const latest = entries.find(({ state }) => state === 'written');
      expect(latest?.after?.fileHash, `${path} carries our tags`).toBe(sha(path));
      while (writer.list({ path }).some(({ state }) => state === 'written')) await writer.undoFile(path);
      expect(sha(path), `${path} brought back`).toBe(before.get(path)!.bytes);
    }
    return { writes };
  } finally {
    db.close();
  }
}
