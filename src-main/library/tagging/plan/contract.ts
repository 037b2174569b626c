import { z } from 'zod';
import type { EventsOf } from '../../../platform/events/contract';
import { Id, procedure, upTo } from '../../../rpc';
import { tracksContract } from '../../tracks/contract';

const { query, show } = tracksContract.list.input.shape;

/** Whose tags are to be written. */
export const WriteSelection = z.discriminatedUnion('of', [
  z.object({ of: z.literal('library'), library: Id }),
  z.object({ of: z.literal('tracks'), ids: z.array(Id).min(1).max(10_000) }),
  z.object({ of: z.literal('album'), track: Id.describe('one of its tracks') }),
  z.object({
    of: z.literal('filter'),
    query,
    show,
    library: Id.optional(),
    except: z.array(Id).max(10_000).default([]).describe('tracks that match and are left out all the same'),
  }),
  z.object({ of: z.literal('stale'), library: Id.optional() }).describe('files that hold older tags'),
  z.object({ of: z.literal('paths'), paths: z.array(z.string().min(1)).min(1).max(1000) }),
]);
export type WriteSelection = z.output<typeof WriteSelection>;

export const PlanState = z.enum(['planning', 'ready', 'cancelled', 'failed', 'applied']);
export type PlanState = z.infer<typeof PlanState>;

const PlannedField = z.object({
  field: z.string(),
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
  examples: z.array(
    z.object({ trackId: z.number().int(), title: z.string(), old: z.array(z.string()), new: z.array(z.string()) }),
  ),
});
export type PlannedField = z.infer<typeof PlannedField>;

/** total = write.files + unchanged + the files of `refused`, once every file was looked at. */
export const WritePlan = z.object({
  id: z.number().int(),
  title: z.string(),
  state: PlanState,
  message: z.string().nullable(),
  createdAt: z.string(),
  total: z.number().int(),
  lookedAt: z.number().int(),
  write: z.object({
    files: z.number().int(),
    changes: z.number().int(),
    sizeBytes: z.number().describe('of the files that are copied and replaced'),
  }),
  unchanged: z.number().int().describe('files that are as they should be; they are not opened for writing'),
  refused: z.array(z.object({ reason: z.string(), files: z.number().int(), message: z.string() })),
  fields: z.array(PlannedField),
  /** The jobs that write it; null before, and when there was nothing to write. */
  batchId: z.number().int().nullable(),
  standing: z.number().int().describe('files that are as it wrote them and can be put back'),
});
export type WritePlan = z.infer<typeof WritePlan>;

export const PlannedFile = z.object({
  trackId: z.number().int(),
  title: z.string(),
  artist: z.string(),
  path: z.string(),
  verdict: z.string().describe('`write`, `unchanged`, or the code of what speaks against it'),
  message: z.string().nullable(),
  changes: z.number().int(),
});
export type PlannedFile = z.infer<typeof PlannedFile>;

export const writePlansContract = {
  create: procedure({
    http: 'POST /api/web/tags/plans',
    access: 'full',
    summary: 'Begins to find out what writing the tags of these tracks would change; nothing is written',
    input: z.object({ selection: WriteSelection }),
    output: WritePlan,
  }),
  get: procedure({
    http: 'GET /api/web/tags/plans/:id',
    access: 'read',
    summary: 'What a write would change: files, tags with examples, and what is left alone and why',
    input: z.object({ id: Id }),
    output: WritePlan,
  }),
  files: procedure({
    http: 'GET /api/web/tags/plans/:id/files',
    access: 'read',
    summary: 'A page of the files of a plan, by the numbers of their tracks',
    input: z.object({
      id: Id,
      verdict: z.string().optional(),
      after: z.coerce.number<number | string>().int().min(0).default(0).describe('the last track of the page before'),
      limit: upTo(200, 50),
    }),
    output: z.object({ items: z.array(PlannedFile) }),
  }),
  cancel: procedure({
    http: 'POST /api/web/tags/plans/:id/cancel',
    access: 'full',
    summary: 'Gives a plan up that is being made, or that nobody wants',
    input: z.object({ id: Id }),
    output: WritePlan,
  }),
  write: procedure({
    http: 'POST /api/web/tags/plans/:id/write',
    access: 'full',
    summary: 'Queues exactly what a finished plan says; a file whose changes would be others by then is left alone',
    input: z.object({ id: Id }),
    output: z.object({ queued: z.number().int(), batchId: z.number().int().nullable() }),
  }),
};

export const writePlansEvents = {
  /** A plan went on, or has another state. */
  'plan.changed': z.object({
    id: z.number().int(),
    state: PlanState,
    lookedAt: z.number().int(),
    total: z.number().int(),
  }),
};
export type WritePlansEvents = EventsOf<typeof writePlansEvents>;
