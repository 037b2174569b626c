import { z } from 'zod';
import type { EventsOf } from '../../platform/events/contract';
import { Id, procedure, upTo } from '../../rpc';
import { KindName } from '../connections/contract';

/** What became of an event. */
export const EventStatus = z.enum([
  'pending',
  'waiting',
  'done',
  'ignored',
  'duplicate',
  'unmapped',
  'failed',
  'refused',
]);
export type EventStatus = z.infer<typeof EventStatus>;

/** An event of another server. */
export const InboundEvent = z.object({
  id: z.number().int(),
  connectionId: z.number().int(),
  receivedAt: z.string(),
  via: z.enum(['webhook', 'script', 'history']),
  eventType: z.string(),
  status: EventStatus,
  message: z.string().nullable().describe('what was done, or why not'),
  processedAt: z.string().nullable(),
});
export type InboundEvent = z.infer<typeof InboundEvent>;

/** 16 MiB: an event may name every file of an artist. */
const MAX_BYTES = 16 * 2 ** 20;

/** Where the servers of a connection post their events. */
export const webhookPath = (kind: string, connectionId: number) => `/api/v1/webhooks/inbound/${kind}/${connectionId}`;

export const inboundContract = {
  receive: procedure({
    http: ['POST /api/v1/webhooks/inbound/:kind/:connectionId', 'PUT /api/v1/webhooks/inbound/:kind/:connectionId'],
    access: 'webhook',
    delivery: 'webhook',
    summary: 'Takes an event of a connected server, from its webhook or our script; stored before it is answered',
    input: z.object({
      kind: KindName.describe('The kind of the connection, such as lidarr'),
      connectionId: Id,
      format: z.enum(['webhook', 'env']).catch('webhook').default('webhook').describe('env: the variables of a script'),
      body: z.string(),
    }),
    output: z.object({ status: z.literal('accepted'), event: z.string(), id: z.number().int(), message: z.string() }),
    maxTextBytes: MAX_BYTES,
  }),
  list: procedure({
    http: 'GET /api/web/connections/:connectionId/events',
    access: 'read',
    summary: 'The latest events of a server, newest first, and what became of them',
    input: z.object({
      connectionId: Id,
      status: EventStatus.optional(),
      limit: upTo(500, 50),
      before: Id.optional().describe('events with a lower number only'),
    }),
    output: z.object({
      items: z.array(InboundEvent),
      unmapped: z.array(z.object({ prefix: z.string(), events: z.number().int() })),
    }),
  }),
  get: procedure({
    http: 'GET /api/web/events/inbound/:id',
    access: 'full',
    summary: 'One event of a server with its body as it came',
    input: z.object({ id: Id }),
    output: InboundEvent.extend({ raw: z.string() }),
  }),
  replay: procedure({
    http: 'POST /api/web/events/inbound/:id/replay',
    access: 'full',
    summary: 'Processes an event again',
    input: z.object({ id: Id }),
    output: InboundEvent,
  }),
};

export const inboundEvents = {
  /** A server told us something, or something became of it. */
  'inbound.changed': z.object({ connectionId: z.number().int() }),
};
export type InboundEvents = EventsOf<typeof inboundEvents>;
