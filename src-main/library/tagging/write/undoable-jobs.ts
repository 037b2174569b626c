import type { Database } from '../../../platform/database';

/** Tells which of some jobs have changed files that can still be put back. */
export function createUndoableJobs(db: Database) {
  const written = db
    .prepare<[string], number>(`
    SELECT DISTINCT job_id FROM file_write WHERE state = 'written' AND job_id IN (SELECT value FROM json_each(?))`)
    .pluck();
  return (jobIds: readonly number[]): ReadonlySet<number> => new Set(written.all(JSON.stringify(jobIds)));
}
