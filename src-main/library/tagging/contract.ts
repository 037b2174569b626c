import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';
import { Id, procedure } from '../../rpc';

export { type TaggingSettings, taggingSettings } from './settings';

const UndoSummary = z.object({
  undone: z.number().int(),
  /** Files that could not be put back, with the reason. */
  refused: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});
export type UndoSummary = z.infer<typeof UndoSummary>;

const LibraryChoice = Id.optional();

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
  remove: procedure({
    http: 'DELETE /api/web/tags/remove-tags',
    access: 'full',
    summary: 'Takes our tags out of a file, or only those that Nomarr wrote; can be undone as every write',
    input: z.object({ path: z.string().min(1), only: z.enum(['all', 'nomarr']).default('all') }),
    output: z.object({
      path: z.string(),
      namespace: z.string(),
      removed: z.number().int(),
      status: z.literal('success'),
      /** The number of the write in the history of the file; null when there was nothing to remove. */
      writeId: z.number().int().nullable(),
    }),
  }),
  nomarr: procedure({
    http: 'GET /api/web/tags/nomarr',
    access: 'read',
    summary: 'How many files with tags of Nomarr there are in each library, and how many of them were analyzed',
    input: z.object({}),
    output: z.object({
      items: z.array(z.object({ libraryId: z.number().int(), tracks: z.number().int(), analyzed: z.number().int() })),
    }),
  }),
  takeOver: procedure({
    http: 'POST /api/web/tags/take-over',
    access: 'full',
    summary: 'Makes scores and moods of what Nomarr wrote, for tracks that were not analyzed: of a file or a library',
    input: z
      .object({
        path: z.string().min(1).optional(),
        library: Id.optional(),
      })
      .refine(({ path, library }) => (path === undefined) !== (library === undefined), {
        message: 'Say either "path" or "library".',
      }),
    output: z.object({ taken: z.number().int(), left: z.number().int() }),
  }),
  write: procedure({
    http: 'POST /api/web/tracks/:id/write',
    access: 'full',
    summary: 'Writes the tags of an analyzed track into its file',
    input: z.object({ id: Id }),
    output: z.object({ written: z.boolean(), changes: z.number().int() }),
  }),
  stale: procedure({
    http: 'GET /api/web/tags/stale',
    access: 'read',
    summary: 'How many files hold older tags than their analysis would give them now',
    input: z.object({ library_id: LibraryChoice }),
    output: z.object({
      files: z.number().int(),
      /** Of these, files whose tags were written under other names: `nom:happy` where it is `nom_happy` now. */
      otherNames: z.number().int(),
      libraries: z.array(
        z.object({ libraryId: z.number().int(), files: z.number().int(), otherNames: z.number().int() }),
      ),
    }),
  }),
  rewrite: procedure({
    http: 'POST /api/web/tags/rewrite',
    access: 'full',
    summary: 'Queues the writing of the files that hold older tags; nothing is analyzed again',
    input: z.object({ library_id: LibraryChoice, all: z.boolean().default(false).describe('Every tagged file') }),
    output: z.object({ queued: z.number().int(), batch_id: z.number().int().nullable(), message: z.string() }),
  }),
  undoJob: procedure({
    http: 'POST /api/web/queue/jobs/:job_id/undo',
    access: 'full',
    summary: 'Puts back every file that a job changed',
    input: z.object({ job_id: Id }),
    output: UndoSummary,
  }),
  undoBatch: procedure({
    http: 'POST /api/web/queue/batches/:batch_id/undo',
    access: 'full',
    summary: 'Puts back every file that was changed by the jobs asked for at once',
    input: z.object({ batch_id: Id }),
    output: UndoSummary,
  }),
  undoFile: procedure({
    http: 'POST /api/web/tags/undo',
    access: 'full',
    summary: 'Takes back the last change to a file',
    input: z.object({ path: z.string().min(1) }),
    output: UndoSummary,
  }),
};

export const taggingEvents = {
  /** Tags were written into a file or put back, by its absolute path. */
  'file.written': z.object({ path: z.string() }),
};
export type TaggingEvents = EventsOf<typeof taggingEvents>;
