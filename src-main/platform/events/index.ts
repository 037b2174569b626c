/**
 * Events: what happened, told to whoever listens: the window over IPC, scripts and the page as a stream over HTTP.
 * Each domain declares its own in its contract, and `app/contract.ts` gathers them. Owns no table.
 */

export { createEventBus, type EventBus, type WholeEventBus } from './event-bus';
