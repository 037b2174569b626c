/** The event stream over HTTP, with replay and a pace for slow clients. */
export { createEventStream, type StreamEvent } from './event-stream';
