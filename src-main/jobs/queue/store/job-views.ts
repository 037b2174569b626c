import type { Database } from '../../../platform/database';
import type { BatchSummary } from '../contract';
import type { Job, JobStatus } from '../job';
import { type JobRow, toJob } from './job-rows';

export interface JobTotals {
  readonly jobs: Readonly<Record<JobStatus, number>>;
  /** Length of the audio of the jobs in each state; of a job whose length is not known, the mean of the others. */
  readonly audioMs: Readonly<Record<JobStatus, number>>;
}

interface TotalRow {
  kind: string;
  status: JobStatus;
  jobs: number;
  audio_ms: number;
  timed: number;
}
interface BatchRow {
  id: number;
  title: string;
  source: string;
  found: number;
  created_at: string;
}
interface EndedRow {
  status: JobStatus;
  reason: string;
  count: number;
}

/** How much audio the ended jobs of a kind were about. */
export interface EndedAudio {
  readonly kind: string;
  readonly audioMs: number;
}

/** Enough to tell what the jobs of a batch did, in a millisecond. */
const MAX_DONE_IDS = 1000;

const NONE: Readonly<Record<JobStatus, number>> = { pending: 0, running: 0, done: 0, skipped: 0, error: 0 };
/** What is taken for the length of a track before any length is known. */
const USUAL_TRACK_MS = 240_000;

/** Pages, sums and summaries of the queue; reads only. */
export function createJobViews(db: Database) {
  const totals = db.prepare<[], TotalRow>('SELECT * FROM job_total');
  // The numbers come from an index alone; only the page's own rows are read.
  const page = db.prepare<[number, number], JobRow>(`
    SELECT * FROM job WHERE id IN (SELECT id FROM job ORDER BY id DESC LIMIT ? OFFSET ?) ORDER BY id DESC`);
  const pageIn = db.prepare<[string, number, number], JobRow>(`
    SELECT * FROM job WHERE id IN (SELECT id FROM job WHERE status = ? ORDER BY id DESC LIMIT ? OFFSET ?)
    ORDER BY id DESC`);
  const pageEndedWell = db.prepare<[number, number], JobRow>(`
    SELECT * FROM job WHERE id IN (
      SELECT id FROM (SELECT id FROM job WHERE status = 'done' UNION ALL SELECT id FROM job WHERE status = 'skipped'
      ORDER BY id DESC LIMIT ? OFFSET ?))
    ORDER BY id DESC`);
  const batchById = db.prepare<[number], BatchRow>('SELECT * FROM job_batch WHERE id = ?');
  const latestBatches = db.prepare<[number], BatchRow>('SELECT * FROM job_batch ORDER BY id DESC LIMIT ?');
  const writingIdsInBatch = db
    .prepare<[{ batchId: number }], number>(`
      SELECT id FROM job WHERE batch_id = @batchId
      UNION SELECT job_id FROM job_shared WHERE batch_id = @batchId AND write_tags = 1 ORDER BY 1`)
    .pluck();
  const doneIdsInBatch = db
    .prepare<[{ batchId: number; limit: number }], number>(`
      SELECT id FROM job
      WHERE status = 'done' AND id IN (
        SELECT id FROM job WHERE batch_id = @batchId UNION SELECT job_id FROM job_shared WHERE batch_id = @batchId)
      ORDER BY id DESC LIMIT @limit`)
    .pluck();
  const pageInBatch = db.prepare<[{ batchId: number; status: string | null; limit: number; offset: number }], JobRow>(`
    SELECT * FROM job
    WHERE id IN (
      SELECT id FROM job WHERE batch_id = @batchId UNION SELECT job_id FROM job_shared WHERE batch_id = @batchId)
      AND (@status IS NULL OR status = @status OR (@status = 'ended_well' AND status IN ('done', 'skipped')))
    ORDER BY id DESC LIMIT @limit OFFSET @offset`);
  const countsInBatch = db.prepare<[{ batchId: number }], { status: JobStatus; count: number }>(`
    SELECT status, COUNT(*) AS count FROM job
    WHERE id IN (
      SELECT id FROM job WHERE batch_id = @batchId UNION SELECT job_id FROM job_shared WHERE batch_id = @batchId)
    GROUP BY status`);
  const endings = db.prepare<[{ batchId: number }], EndedRow>(`
    SELECT status, reason, SUM(count) AS count FROM (
      SELECT status, COALESCE(reason_code, '') AS reason, COUNT(*) AS count FROM job WHERE batch_id = @batchId
      GROUP BY 1, 2
      UNION ALL SELECT status, COALESCE(reason_code, ''), COUNT(*) FROM job_shared JOIN job ON job.id = job_id
      WHERE job_shared.batch_id = @batchId GROUP BY 1, 2
      UNION ALL SELECT status, reason, count FROM job_batch_ended WHERE batch_id = @batchId)
    GROUP BY 1, 2 ORDER BY 3 DESC, 2`);

  const endedSince = db.prepare<[string], number>('SELECT COUNT(*) FROM job WHERE finished_at >= ?').pluck();
  const endedInOpen = db.prepare<[], EndedAudio>(`
    SELECT kind, COALESCE(SUM(audio_ms), 0) AS audioMs FROM job
    WHERE finished_at IS NOT NULL
      AND batch_id IN (SELECT batch_id FROM job WHERE status IN ('pending', 'running'))
    GROUP BY kind`);

  function summarize(batch: BatchRow): BatchSummary {
    const rows = endings.all({ batchId: batch.id });
    const of = (status: JobStatus) => rows.filter((row) => row.status === status);
    const count = (status: JobStatus) => of(status).reduce((sum, row) => sum + row.count, 0);
    const reasons = (status: JobStatus) => of(status).map(({ reason, count }) => ({ reason, count }));
    return {
      ...batch,
      done: count('done'),
      pending: count('pending'),
      running: count('running'),
      skipped: reasons('skipped'),
      failed: reasons('error'),
    };
  }

  return {
    /** Sums over one kind, or over all. */
    totals(kind?: string): JobTotals {
      const rows = totals.all().filter((row) => kind === undefined || row.kind === kind);
      const timed = rows.reduce((sum, row) => sum + row.timed, 0);
      const mean = timed > 0 ? rows.reduce((sum, row) => sum + row.audio_ms, 0) / timed : USUAL_TRACK_MS;
      const jobs = { ...NONE };
      const audioMs = { ...NONE };
      for (const row of rows) {
        jobs[row.status] += row.jobs;
        audioMs[row.status] += row.audio_ms + (row.jobs - row.timed) * mean;
      }
      return { jobs, audioMs };
    },
    /** Newest first; `ended_well` is what is done or was skipped. */
    list(filter: JobStatus | 'ended_well' | undefined, limit: number, offset: number): Job[] {
      if (filter === undefined) return page.all(limit, offset).map(toJob);
      if (filter === 'ended_well') return pageEndedWell.all(limit, offset).map(toJob);
      return pageIn.all(filter, limit, offset).map(toJob);
    },
    /** The audio of ended jobs whose batch has more to do: by this much progress was ahead before a restart. */
    endedInOpenBatches: (): EndedAudio[] => endedInOpen.all(),
    countEndedSince: (time: Date): number => endedSince.get(time.toISOString())!,
    findBatch(id: number): BatchSummary | undefined {
      const batch = batchById.get(id);
      return batch && summarize(batch);
    },
    countInBatch(batchId: number): Record<JobStatus, number> {
      const rows = countsInBatch.all({ batchId });
      return { ...NONE, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) };
    },
    /** Jobs that a batch counts, newest first. */
    listInBatch(batchId: number, filter: JobStatus | 'ended_well' | undefined, limit: number, offset: number): Job[] {
      return pageInBatch.all({ batchId, status: filter ?? null, limit, offset }).map(toJob);
    },
    /** The latest jobs of a batch that were done. */
    listDoneIds: (batchId: number): number[] => doneIdsInBatch.all({ batchId, limit: MAX_DONE_IDS }),
    /** Jobs of a batch, and those of others that it asked to write tags; in their order. */
    listWritingIds: (batchId: number): number[] => writingIdsInBatch.all({ batchId }),
    listBatches: (limit: number): BatchSummary[] => latestBatches.all(limit).map(summarize),
  };
}
export type JobViews = ReturnType<typeof createJobViews>;
