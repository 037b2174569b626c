/** Webhooks in: events of other servers, durable before they are answered. Owns the table `inbound_event`. */
export type { EventEnd, NewEvent, StoredEvent } from './event-repository';
export { createInbound, type Inbound, inboundHandlers } from './inbound';
