import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';
import { Id, procedure } from '../../rpc';

/** A folder of a connected server, and where it lies on this machine. */
export const PathMapping = z.object({
  id: z.number().int(),
  connectionId: z.number().int(),
  remotePrefix: z.string().describe('as the server writes it'),
  localPrefix: z.string().describe('as this machine writes it'),
  remoteStyle: z.enum(['posix', 'windows']),
  priority: z.number().int().describe('among several for the same folder the highest is tried first'),
  source: z.enum(['manual', 'inferred']),
  samplesOk: z.number().int().describe('files that were found where it says'),
  samplesFailed: z.number().int(),
  verifiedAt: z.string().nullable().describe('when a file was last found by it'),
});
export type PathMapping = z.infer<typeof PathMapping>;

const prefixes = {
  remotePrefix: z.string().trim().min(1).max(4096),
  localPrefix: z.string().trim().min(1).max(4096),
};
const priority = z.coerce.number<number | string>().int().min(-1000).max(1000);

export const pathMappingsContract = {
  list: procedure({
    http: 'GET /api/web/connections/:connectionId/mappings',
    access: 'read',
    summary: 'Where the folders of a server lie on this machine',
    input: z.object({ connectionId: Id }),
    output: z.array(PathMapping),
  }),
  add: procedure({
    http: 'POST /api/web/connections/:connectionId/mappings',
    access: 'full',
    summary: 'Says where a folder of a server lies; events that waited for it are done then',
    input: z.object({
      connectionId: Id,
      ...prefixes,
      priority: priority.default(0),
      source: z.enum(['manual', 'inferred']).default('manual'),
      samplesOk: z.number().int().min(0).default(0),
    }),
    output: PathMapping,
  }),
  update: procedure({
    http: 'PATCH /api/web/mappings/:id',
    access: 'full',
    summary: 'Changes where a folder of a server lies',
    input: z.object({
      id: Id,
      remotePrefix: prefixes.remotePrefix.optional(),
      localPrefix: prefixes.localPrefix.optional(),
      priority: priority.optional(),
    }),
    output: PathMapping,
  }),
  remove: procedure({
    http: 'DELETE /api/web/mappings/:id',
    access: 'full',
    summary: 'Forgets where a folder of a server lies',
    input: z.object({ id: Id }),
    output: z.object({ removed: z.boolean() }),
  }),
  try: procedure({
    http: 'POST /api/web/connections/:connectionId/mappings/try',
    access: 'read',
    summary: 'Where a path of a server leads on this machine, and what is there',
    input: z.object({ connectionId: Id, path: z.string().min(1).max(4096) }),
    output: z.object({
      path: z.string().nullable(),
      exists: z.boolean(),
      message: z.string(),
    }),
  }),
};

export const pathMappingsEvents = {
  'mappings.changed': z.object({ connectionId: z.number().int() }),
};
export type PathMappingsEvents = EventsOf<typeof pathMappingsEvents>;
