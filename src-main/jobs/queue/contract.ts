import { z } from 'zod';
import { Id, Offset, procedure, upTo } from '../../rpc';
import { QueueStatus } from './events';

export { type QueueEvents, QueueStatus, queueEvents } from './events';
export { type QueueSettings, queueSettings } from './settings';

const JobId = Id;

const Preset = z.enum(['precise', 'balanced', 'fast']);

/** What a filter may ask for. `done` includes what was skipped, as scripts made for Nomarr expect. */
const StatusFilter = z.enum(['pending', 'running', 'done', 'skipped', 'error']);

/** A job as the documents of Nomarr describe it, and after `force` what we add. */
export const JobView = z.object({
  id: z.number().int(),
  path: z.string(),
  status: z.enum(['pending', 'running', 'done', 'error']),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  error_message: z.string().nullable(),
  force: z.boolean(),
  kind: z.string().describe('The kind of work'),
  label: z.string().describe('What its kind does, for people'),
  created_at: z.string(),
  /** How it ended: `skipped` is `done` for the documents, and says why in `reason`. */
  outcome: z.string().nullable().describe('`skipped`, `failed`, or a word of its kind; null until it has ended'),
  outcome_label: z.string().nullable().describe('The word of its kind, for people; null unless it was done'),
  reason: z.string().nullable(),
  phase: z.string().nullable().describe('What is being done, a word of its kind; null unless it runs'),
  phase_label: z.string().nullable().describe('The same for people'),
  progress: z.number(),
  attempts: z.number().int(),
  track_id: z.number().int().nullable(),
  batch_id: z.number().int().nullable(),
  /** Files changed by this job that can be put back. */
  can_undo: z.boolean(),
});
export type JobView = z.infer<typeof JobView>;

const page = {
  limit: upTo(500, 50),
  offset: Offset,
  status: StatusFilter.optional(),
};
const removed = z.object({
  removed: z.number().int(),
  status: z.literal('success'),
  message: z.string(),
  /** By which it can be put back for a while; null when nothing was removed. */
  clearing: z.number().int().nullable(),
});
const counts = z.object({
  pending: z.number().int(),
  running: z.number().int(),
  done: z.number().int(),
  error: z.number().int(),
});

/** found = done + skipped + failed + pending + running, always. */
export const BatchSummary = z.object({
  id: z.number().int(),
  title: z.string(),
  source: z.string().describe('Who asked: `window`, `api`, `cli`, or what asks by itself'),
  created_at: z.string(),
  found: z.number().int(),
  done: z.number().int(),
  pending: z.number().int(),
  running: z.number().int(),
  skipped: z.array(z.object({ reason: z.string(), count: z.number().int() })),
  failed: z.array(z.object({ reason: z.string(), count: z.number().int() })),
});
export type BatchSummary = z.infer<typeof BatchSummary>;

const BatchView = BatchSummary.extend({
  can_undo: z.boolean().describe('whether its jobs changed files that can be put back'),
});

export const TagRequest = z
  .object({
    path: z.string().min(1).optional(),
    paths: z.array(z.string().min(1)).min(1).max(10_000).optional(),
    force: z.boolean().default(false),
    recursive: z.boolean().default(true),
    write: z.boolean().default(true).describe('Write tags into the files; else only analyze'),
    only_due: z
      .boolean()
      .default(false)
      .describe('Passes over files that are analyzed (and written) as they would be, or are too short for it'),
    preset: Preset.optional().describe('How densely to analyze this time; else as the settings say'),
  })
  .refine((request) => (request.path === undefined) !== (request.paths === undefined), {
    message: 'Give either "path" or "paths".',
  });

export type TagRequest = z.infer<typeof TagRequest>;

/** What was queued; with the ended job where the request was blocking. */
export const TagAnswer = JobView.partial().extend({
  job_id: z.number().int().optional(),
  job_ids: z.array(z.number().int()),
  files_queued: z.number().int(),
  passed: z.record(z.string(), z.number().int()).optional().describe('with `only_due`: files without a job, by reason'),
  queue_depth: z.number().int(),
  path: z.string().optional(),
  status: z.enum(['queued', 'done', 'error']),
  blocking: z.boolean(),
  batch_id: z.number().int(),
});
export type TagAnswer = z.infer<typeof TagAnswer>;

export const queueContract = {
  tag: procedure({
    http: ['POST /api/v1/tag', 'POST /api/web/processing/process', 'POST /api/web/processing/process-files'],
    access: 'webhook',
    summary:
      'Queues files or folders inside the libraries; answers once the jobs are durable, or as `blocking_mode` says',
    input: TagRequest,
    output: TagAnswer,
  }),
  depth: procedure({
    http: 'GET /api/web/queue/queue-depth',
    access: 'read',
    summary: 'How many jobs are pending, run, ended well and failed',
    input: z.object({}),
    output: z.object({
      pending: z.number().int(),
      running: z.number().int(),
      completed: z.number().int(),
      errors: z.number().int(),
    }),
  }),
  status: procedure({
    http: 'GET /api/web/queue/progress',
    access: 'read',
    summary: 'Progress, speed and the time that is left',
    input: z.object({}),
    output: QueueStatus,
  }),
  list: procedure({
    http: ['GET /api/web/queue/list', 'GET /api/v1/list', 'GET /api/web/processing/list'],
    access: 'read',
    summary: 'A page of jobs, newest first',
    input: z.object({ ...page, batch_id: JobId.optional().describe('Only what one request asked for') }),
    output: z.object({
      jobs: z.array(JobView),
      total: z.number().int(),
      limit: z.number().int(),
      offset: z.number().int(),
      counts,
    }),
  }),
  get: procedure({
    http: ['GET /api/web/queue/status/:job_id', 'GET /api/v1/status/:job_id'],
    access: 'read',
    summary: 'One job',
    input: z.object({ job_id: JobId }),
    output: JobView,
  }),
  clearAll: procedure({
    http: 'POST /api/web/queue/admin/clear-all',
    access: 'full',
    summary: 'Removes all jobs but the running ones',
    input: z.object({}),
    output: removed,
  }),
  clearPending: procedure({
    http: 'POST /api/web/queue/admin/clear-pending',
    access: 'full',
    summary: 'Removes the pending jobs',
    input: z.object({}),
    output: removed,
  }),
  clearCompleted: procedure({
    http: 'POST /api/web/queue/admin/clear-completed',
    access: 'full',
    summary: 'Removes the jobs that ended well',
    input: z.object({}),
    output: removed,
  }),
  clearErrors: procedure({
    http: 'POST /api/web/queue/admin/clear-errors',
    access: 'full',
    summary: 'Removes the jobs that failed',
    input: z.object({}),
    output: removed,
  }),
  remove: procedure({
    http: 'DELETE /api/web/queue/jobs/:job_id',
    access: 'full',
    summary: 'Removes a job that does not run',
    input: z.object({ job_id: JobId }),
    output: removed,
  }),
  cancel: procedure({
    http: 'POST /api/web/queue/jobs/:job_id/cancel',
    access: 'full',
    summary: 'Cancels a job; a running one stops at the next safe moment',
    input: z.object({ job_id: JobId }),
    output: JobView,
  }),
  retry: procedure({
    http: 'POST /api/web/queue/retry',
    access: 'full',
    summary: 'Queues failed jobs again: one, or all of them',
    input: z.object({ job_id: JobId.optional() }),
    output: z.object({ queued: z.number().int() }),
  }),
  moveToFront: procedure({
    http: 'POST /api/web/queue/jobs/:job_id/front',
    access: 'full',
    summary: 'Makes a pending job the next',
    input: z.object({ job_id: JobId }),
    output: JobView,
  }),
  reset: procedure({
    http: ['POST /api/web/queue/admin/reset', 'POST /admin/queue/reset', 'POST /admin/reset'],
    access: 'full',
    summary: 'Puts stuck jobs, or failed ones, back into the queue',
    input: z
      .object({ stuck: z.boolean().default(false), errors: z.boolean().default(false) })
      .refine(({ stuck, errors }) => stuck || errors, { message: 'Say "stuck", "errors" or both.' }),
    output: z.object({ reset: z.number().int(), status: z.literal('success'), message: z.string() }),
  }),
  cleanup: procedure({
    http: [
      ...([
        'POST /admin/queue/cleanup',
        'POST /admin/cleanup',
        'POST /api/web/queue/admin/cleanup',
        'POST /api/web/queue/cleanup',
      ] as const),
    ],
    access: 'full',
    summary: 'Removes jobs that ended longer ago than this',
    input: z.object({ max_age_hours: z.coerce.number<number | string>().int().min(0).max(87_600).default(168) }),
    output: z.object({ status: z.literal('ok'), max_age_hours: z.number().int(), jobs_removed: z.number().int() }),
  }),
  batches: procedure({
    http: 'GET /api/web/queue/batches',
    access: 'read',
    summary: 'What was asked for lately, every file accounted for',
    input: z.object({ limit: upTo(100, 20) }),
    output: z.object({ items: z.array(BatchView) }),
  }),
  batchJobs: procedure({
    http: 'GET /api/web/queue/batches/:batch_id/jobs',
    access: 'read',
    summary: 'A page of the jobs of one request, in their order',
    input: z.object({
      batch_id: JobId,
      status: z.enum(['pending', 'running', 'done', 'skipped', 'error']).optional(),
      limit: upTo(500, 50),
      offset: Offset,
    }),
    output: z.object({ jobs: z.array(JobView) }),
  }),
  cancelBatch: procedure({
    http: 'POST /api/web/queue/batches/:batch_id/cancel',
    access: 'full',
    summary: 'Cancels what is left of one request; what has ended stays as it is',
    input: z.object({ batch_id: JobId }),
    output: z.object({ cancelled: z.number().int() }),
  }),
  restore: procedure({
    http: 'POST /api/web/queue/admin/restore',
    access: 'full',
    summary: 'Puts back what one clearing has removed, as it was; pending jobs go on',
    input: z.object({ clearing: z.coerce.number<number | string>().int() }),
    output: z.object({ restored: z.number().int() }),
  }),
  batch: procedure({
    http: 'GET /api/web/queue/batches/:batch_id',
    access: 'read',
    summary: 'One request for work, every file accounted for',
    input: z.object({ batch_id: JobId }),
    output: BatchSummary,
  }),
  pause: procedure({
    http: 'POST /api/web/worker/pause',
    access: 'full',
    summary: 'Lets running jobs finish and starts no new ones, also after a restart',
    input: z.object({}),
    output: z.object({ status: z.literal('success'), message: z.string(), worker_enabled: z.boolean() }),
  }),
  resume: procedure({
    http: 'POST /api/web/worker/resume',
    access: 'full',
    summary: 'Goes on with the queue',
    input: z.object({}),
    output: z.object({ status: z.literal('success'), message: z.string(), worker_enabled: z.boolean() }),
  }),
};
