import { z } from 'zod';
import { procedure } from '../../rpc';

const Value = z.union([z.string(), z.number(), z.boolean()]);

/** The configuration, the models and the process in the older shapes. */
export const systemProcedures = {
  config: procedure({
    http: 'GET /api/web/config',
    access: 'full',
    summary: 'The configuration as one flat object under the documented names; "settings" has all of it',
    input: z.object({}),
    output: z.record(z.string(), Value),
  }),
  setConfig: procedure({
    http: 'POST /api/web/config',
    access: 'full',
    summary: 'Changes one value, given as text or as what it is; it holds at once',
    input: z.object({ key: z.string().min(1).max(100), value: Value }),
    output: z.object({ success: z.literal(true), status: z.literal('success'), message: z.string() }),
  }),
  refreshCache: procedure({
    http: ['POST /admin/cache/refresh', 'POST /api/web/queue/admin/cache-refresh'],
    access: 'full',
    summary: 'Looks into the models folders again and has every worker load them anew',
    input: z.object({}),
    output: z.object({ status: z.literal('ok'), predictors: z.number().int() }),
  }),
  restart: procedure({
    http: 'POST /api/web/worker/restart',
    access: 'full',
    summary: 'Ends the process and starts it again; the queue goes on where it was',
    input: z.object({}),
    output: z.object({ status: z.literal('success'), message: z.string() }),
  }),
  workStatus: procedure({
    http: 'GET /api/web/work-status',
    access: 'read',
    summary: 'What is being done, and how much of it is left',
    input: z.object({}),
    output: z.object({
      is_scanning: z.boolean(),
      scanning_libraries: z.array(z.object({ id: z.number().int(), name: z.string() })),
      is_processing: z.boolean(),
      pending_files: z.number().int(),
      processed_files: z.number().int(),
      total_files: z.number().int(),
      files_per_minute: z.number().describe('Mean of the last five minutes'),
      eta_minutes: z.number().nullable(),
      is_busy: z.boolean(),
    }),
  }),
};
