import { z } from 'zod';
import { JobView } from '../../jobs/queue/contract';
import { Id, procedure, upTo } from '../../rpc';

const Counts = z.object({
  pending: z.number().int(),
  running: z.number().int(),
  done: z.number().int(),
  error: z.number().int(),
});
const Status = z.enum(['pending', 'running', 'done', 'error']);
const worker = z.object({ status: z.literal('ok'), worker_enabled: z.boolean() });
const removed = z.object({ removed: z.number().int(), status: z.literal('success'), message: z.string() });

/** The queue in the older shapes. */
export const queueProcedures = {
  queuePage: procedure({
    http: 'GET /api/v1/queue',
    access: 'read',
    summary: 'The newest jobs and how many there are of each status',
    input: z.object({ limit: upTo(500, 25) }),
    output: z.object({ summary: Counts, jobs: z.array(JobView), limit: z.number().int() }),
  }),
  queueSummary: procedure({
    http: 'GET /admin/queue/summary',
    access: 'read',
    summary: 'How many jobs there are of each status',
    input: z.object({}),
    output: Counts,
  }),
  removeJob: procedure({
    http: 'POST /admin/queue/remove',
    access: 'full',
    summary: 'Removes a job that does not run',
    input: z.object({ job_id: Id }),
    output: worker.extend({ removed: z.number().int() }),
  }),
  removeJobs: procedure({
    http: 'POST /api/web/queue/admin/remove',
    access: 'full',
    summary: 'Removes one job, those of a status, or all; running ones stay',
    input: z
      .object({ job_id: Id.optional(), status: Status.optional(), all: z.boolean().default(false) })
      .refine(
        ({ job_id, status, all }) => [job_id, status, all || undefined].filter((one) => one !== undefined).length === 1,
        {
          message: 'Say which: "job_id", "status" or "all".',
        },
      ),
    output: removed,
  }),
  flush: procedure({
    http: ['POST /admin/queue/flush', 'POST /api/web/queue/admin/flush'],
    access: 'full',
    summary: 'Removes the jobs of these statuses, else those that wait and those that failed',
    input: z.object({ statuses: z.array(Status).min(1).default(['pending', 'error']) }),
    output: worker.extend({ flushed_statuses: z.array(Status), removed: z.number().int() }),
  }),
  resetStuck: procedure({
    http: 'POST /web/api/queue/reset-stuck',
    access: 'full',
    summary: 'Puts jobs back that stand as running though nobody works on them',
    input: z.object({}),
    output: z.object({ reset: z.number().int(), status: z.literal('success'), message: z.string() }),
  }),
  pauseWorker: procedure({
    http: 'POST /admin/worker/pause',
    access: 'full',
    summary: 'Lets running jobs finish and starts no new ones, also after a restart',
    input: z.object({}),
    output: worker,
  }),
  resumeWorker: procedure({
    http: 'POST /admin/worker/resume',
    access: 'full',
    summary: 'Goes on with the queue',
    input: z.object({}),
    output: worker,
  }),
  batchProcess: procedure({
    http: 'POST /api/web/processing/batch-process',
    access: 'webhook',
    summary: 'Queues several files or folders; those that cannot be taken are told, the others are queued',
    input: z.object({ paths: z.array(z.string().min(1)).min(1).max(1000), force: z.boolean().default(false) }),
    output: z.object({
      total_queued: z.number().int(),
      total_errors: z.number().int(),
      results: z.array(
        z.object({
          path: z.string(),
          status: z.enum(['queued', 'error']),
          message: z.string(),
          files_queued: z.number().int(),
          job_ids: z.array(z.number().int()),
        }),
      ),
    }),
  }),
};
