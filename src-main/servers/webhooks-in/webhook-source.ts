import type { EventEnd, StoredEvent } from './event-repository';

/** What a body turned out to be. */
export interface AcceptedEvent {
  readonly via: 'webhook' | 'script';
  readonly eventType: string;
  /** By which a repetition of it is recognised; null where each one counts. */
  readonly digest: string | null;
  /** What is stored of the body where that is not all of it. */
  readonly kept?: string;
  /** A sentence for the server's log. */
  readonly message: string;
}

/** What a kind of connection does with the events that its servers post. */
export interface WebhookSource {
  /** Says which event a body is. Throws `invalid_input` with a sentence for what is none; it is stored all the same. */
  accept(connectionId: number, body: string): AcceptedEvent | Promise<AcceptedEvent>;
  /**
   * Does what an event asks for, one event at a time. What it throws becomes the event's failure; when a server was away
   * (`isTemporary`) the event is tried again later. One that is ended by the signal is begun anew at the next start.
   */
  process(event: StoredEvent, signal: AbortSignal): Promise<EventEnd>;
  /** The connection whose webhook a key of ours was made for; such a key opens no other. */
  connectionOfKey?(apiKeyId: number): number | undefined;
}

/** How a kind of connection finds out what its servers did without posting it. */
export interface CatchUpSource {
  /** Whether it is known from where on to read; a connection that is new is read at once. */
  hasBegun(connectionId: number): boolean;
  /** Stores an event for each thing that was missed. Throws `provider_failed` when the server is away. */
  catchUp(connectionId: number): Promise<{ events: number }>;
}
