import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';
import { Id, procedure } from '../../rpc';

export const ConnectionId = Id;

/** The name of a kind of server, as `kinds` lists them: `navidrome`, `lidarr`. */
export const KindName = z.string().min(1).max(100);
export type KindName = z.infer<typeof KindName>;

/** One thing to enter when a connection is made. `username` and `secret` are columns, every other name is an option. */
export const ConnectionField = z.object({
  name: z.string(),
  label: z.string(),
  hint: z.string().optional(),
  type: z.enum(['text', 'password', 'number', 'switch', 'select']),
  isRequired: z.boolean().default(false),
  initial: z.union([z.string(), z.number(), z.boolean()]),
  choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
});
export type ConnectionField = z.infer<typeof ConnectionField>;

export const KindDescription = z.object({
  kind: KindName,
  title: z.string(),
  /** What such a server is for here, in one sentence. */
  summary: z.string(),
  urlExample: z.string(),
  fields: z.array(ConnectionField),
});
export type KindDescription = z.infer<typeof KindDescription>;

/** A server we talk to. Its password or API key never leaves: `hasSecret` says that there is one. */
export const Connection = z.object({
  id: z.number().int(),
  kind: KindName,
  name: z.string(),
  url: z.string(),
  username: z.string(),
  hasSecret: z.boolean(),
  options: z.record(z.string(), z.unknown()),
  isEnabled: z.boolean(),
  state: z.enum(['ok', 'failing', 'unchecked']),
  stateMessage: z.string().nullable(),
  warnings: z.array(z.string()),
  version: z.string().nullable(),
  checkedAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Connection = z.infer<typeof Connection>;

const changes = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  url: z.string().trim().min(1).max(2000).optional(),
  username: z.string().max(500).optional(),
  secret: z.string().max(4096).optional().describe('The password or API key; empty forgets it, absent keeps it'),
  options: z.record(z.string(), z.unknown()).optional().describe('Those that are named change, the others stay'),
  isEnabled: z.boolean().optional(),
});

export const connectionsContract = {
  kinds: procedure({
    http: 'GET /api/web/connections/kinds',
    access: 'read',
    summary: 'The kinds of servers that can be connected, and what has to be entered for each',
    input: z.object({}),
    output: z.array(KindDescription),
  }),
  list: procedure({
    http: 'GET /api/web/connections',
    access: 'read',
    summary: 'The servers that Tonearm talks to, with their state, without passwords and keys',
    input: z.object({}),
    output: z.array(Connection),
  }),
  add: procedure({
    http: 'POST /api/web/connections',
    access: 'full',
    summary: 'Adds a server; nothing is asked of it before it is tested or used',
    input: changes.extend({ kind: KindName, url: z.string().trim().min(1).max(2000) }),
    output: Connection,
  }),
  get: procedure({
    http: 'GET /api/web/connections/:id',
    access: 'read',
    summary: 'One server with its state',
    input: z.object({ id: ConnectionId }),
    output: Connection,
  }),
  update: procedure({
    http: 'PATCH /api/web/connections/:id',
    access: 'full',
    summary: 'Changes what is named; another host needs its password or key entered again',
    input: changes.extend({ id: ConnectionId }),
    output: Connection,
  }),
  remove: procedure({
    http: 'DELETE /api/web/connections/:id',
    access: 'full',
    summary: 'Forgets a server and its password; nothing on the server changes',
    input: z.object({ id: ConnectionId }),
    output: z.object({ removed: z.boolean() }),
  }),
  test: procedure({
    http: 'POST /api/web/connections/:id/test',
    access: 'full',
    summary: 'Asks the server whether it answers and takes the login; the state says why not',
    input: z.object({ id: ConnectionId }),
    output: Connection,
  }),
};

export const connectionsEvents = {
  'connections.changed': z.object({ ids: z.array(z.number().int()) }),
};
export type ConnectionsEvents = EventsOf<typeof connectionsEvents>;
