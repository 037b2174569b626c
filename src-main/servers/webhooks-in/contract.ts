import { z } from 'zod';
import { Id, procedure, upTo } from '../../rpc';

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

/** Something that a server told us, as it told it. */
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

export const inboundContract = {
  list: procedure({
    http: 'GET /api/web/connections/:connectionId/events',
    access: 'read',
    summary: 'What a server told us lately, the latest first, and what became of it',
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
    summary: 'One event of a server, word for word',
    input: z.object({ id: Id }),
    output: InboundEvent.extend({ raw: z.string() }),
  }),
  replay: procedure({
    http: 'POST /api/web/events/inbound/:id/replay',
    access: 'full',
    summary: 'Does once more what an event asks for',
    input: z.object({ id: Id }),
    output: InboundEvent,
  }),
};
