/**
 * Events: what happened, told to whoever listens: the window over IPC, scripts and the page as a stream over HTTP.
 * One typed map for all of them. Owns no table.
 */
export { EVENT_SCHEMAS, type EventName, type EventPayload, type QueueStatus } from './contract';
export { createEventBus, type EventBus } from './event-bus';
