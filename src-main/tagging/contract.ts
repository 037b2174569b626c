import { z } from 'zod';
import { procedure } from '../procedure';

const UndoResult = z.object({
  undone: z.number().int(),
  /** Files that could not be put back, with the reason. */
  refused: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});
export type UndoResult = z.infer<typeof UndoResult>;

export const taggingContract = {
  show: procedure({
    http: ['GET /api/v1/tags', 'GET /api/web/tags/show-tags'],
    access: 'read',
    summary: 'Our tags in a file, as they stand there now',
    input: z.object({ path: z.string().min(1) }),
    output: z.object({
      path: z.string(),
      namespace: z.string(),
      /** `nom:happy` → its value; a list where the file has several. */
      tags: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
      count: z.number().int(),
    }),
  }),
  write: procedure({
    http: 'POST /api/web/tracks/:id/write',
    access: 'full',
    summary: 'Writes what was heard into the file of an analysed track',
    input: z.object({ id: z.coerce.number<number | string>().int().positive() }),
    output: z.object({ written: z.boolean(), changes: z.number().int() }),
  }),
  undoJob: procedure({
    http: 'POST /api/web/queue/jobs/:job_id/undo',
    access: 'full',
    summary: 'Puts back every file that a job changed',
    input: z.object({ job_id: z.coerce.number<number | string>().int().positive() }),
    output: UndoResult,
  }),
  undoBatch: procedure({
    http: 'POST /api/web/queue/batches/:batch_id/undo',
    access: 'full',
    summary: 'Puts back every file that was changed by the jobs asked for at once',
    input: z.object({ batch_id: z.coerce.number<number | string>().int().positive() }),
    output: UndoResult,
  }),
  undoFile: procedure({
    http: 'POST /api/web/tags/undo',
    access: 'full',
    summary: 'Takes back the last change to a file',
    input: z.object({ path: z.string().min(1) }),
    output: UndoResult,
  }),
};
