import type { Job, JobStatus } from '../job';

/** A job as the table holds it. */
export interface JobRow {
  id: number;
  kind: string;
  path: string;
  library_id: number | null;
  track_id: number | null;
  batch_id: number | null;
  status: JobStatus;
  priority: number;
  force: number;
  write_tags: number;
  options: string;
  audio_ms: number | null;
  attempts: number;
  crashes: number;
  reason_code: string | null;
  error_message: string | null;
  outcome: string | null;
  not_before: number | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    path: row.path,
    libraryId: row.library_id,
    trackId: row.track_id,
    batchId: row.batch_id,
    status: row.status,
    priority: row.priority,
    force: row.force === 1,
    writeTags: row.write_tags === 1,
    options: JSON.parse(row.options),
    audioMs: row.audio_ms,
    attempts: row.attempts,
    crashes: row.crashes,
    reasonCode: row.reason_code,
    errorMessage: row.error_message,
    outcome: row.outcome,
    notBefore: row.not_before,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
