import { z } from 'zod';
import { Id, procedure } from '../../rpc';

const count = z.number().int();

export const VerificationView = z.object({
  jobId: Id.nullable(),
  rootPath: z.string().nullable().describe('Only files beneath it were read; null: all'),
  startedAt: z.string(),
  endedAt: z.string(),
  files: count,
  bytes: count,
  /** files = the sum of these */
  counts: z.object({
    intact: count.describe('As we left them'),
    retagged: count.describe('Changed by others since, with the same audio'),
    replaced: count.describe('Changed by others since, with other audio'),
    damaged: count.describe('Other bytes, although nobody changed them'),
    missing: count,
    unreadable: count,
  }),
  findings: z
    .array(z.object({ path: z.string(), verdict: z.enum(['replaced', 'damaged', 'missing', 'unreadable']) }))
    .describe('By path, at most 1000'),
});
export type VerificationView = z.infer<typeof VerificationView>;

const Which = z.object({ library_id: Id.optional().describe('Only the files of this library') });

export const verificationContract = {
  start: procedure({
    http: 'POST /api/web/verification',
    access: 'full',
    summary: 'Reads every file that was ever written again and compares it with the journal; a job like others',
    input: Which,
    output: z.object({ job_id: count, batch_id: count }),
  }),
  latest: procedure({
    http: 'GET /api/web/verification',
    access: 'read',
    summary: 'What the last reading found, or that of a job; null before it has ended',
    input: z.object({ job_id: Id.optional() }),
    output: z.object({ verification: VerificationView.nullable() }),
  }),
  run: procedure({
    http: [],
    access: 'full',
    summary: 'The same at once, for a command that opens the library itself and leaves the queue alone',
    input: Which,
    output: VerificationView,
  }),
};
