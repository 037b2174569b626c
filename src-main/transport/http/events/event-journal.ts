import type { Clock } from '../../../platform/clock';
import { legacyNameOf, type StreamEvent, topicOf } from './event-names';

const KEPT = 1000;

/** An event as it goes over the wire. */
export interface SentEvent {
  readonly id: number;
  readonly topic: string;
  readonly text: string;
  /** The same once more under the old name, for who asked for that. */
  readonly legacyText: string;
}

/**
 * The last thousand events, for clients that come back. Ids begin with the time of the start and only grow, so that
 * one from an earlier run is older than all that is kept.
 */
export function createEventJournal(clock: Clock) {
  const entries: SentEvent[] = [];
  let lastId = clock().getTime();

  return {
    get lastId(): number {
      return lastId;
    },
    add(event: StreamEvent): SentEvent {
      lastId += 1;
      const entry = write(lastId, event);
      entries.push(entry);
      if (entries.length > KEPT) entries.shift();
      return entry;
    },
    /** What came after this id; undefined when some of it is no longer known. */
    since(id: number): readonly SentEvent[] | undefined {
      const oldest = entries[0]?.id ?? lastId + 1;
      if (!Number.isSafeInteger(id) || id < oldest - 1 || id > lastId) return undefined;
      return entries.filter((entry) => entry.id > id);
    },
  };
}

export function write(id: number, event: StreamEvent): SentEvent {
  const topic = topicOf(event);
  const data = JSON.stringify(event.payload);
  const legacyName = legacyNameOf(event);
  return {
    id,
    topic,
    text: `id: ${id}\nevent: ${topic}\ndata: ${data}\n\n`,
    legacyText: legacyName ? `event: ${legacyName}\ndata: ${data}\n\n` : '',
  };
}
