/**
 * Webhooks in: events of other servers, durable before they are answered, processed by what the kind of their
 * connection registered. Owns the table `inbound_event`.
 */
export { webhookPath } from './contract';
export type { EventEnd, StoredEvent } from './event-repository';
export type { AcceptedEvent, CatchUpSource, WebhookSource } from './webhook-source';
export { createWebhooksIn, inboundHandlers, type WebhooksIn, type WebhooksInDeps } from './webhooks-in';
