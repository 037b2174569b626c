import type { StreamEvent } from './event-names';

/** Four a second of one thing's progress. */
const PACE_MS = 250;

/**
 * Thins out progress: of events that only replace one another, the first goes at once and the newest every quarter of
 * a second. Everything else goes through as it comes.
 */
export function createEventPace(send: (event: StreamEvent) => void) {
  const held = new Map<string, { latest?: StreamEvent; timer: NodeJS.Timeout }>();

  function release(key: string): void {
    const entry = held.get(key);
    held.delete(key);
    if (!entry?.latest) return;
    send(entry.latest);
    hold(key);
  }

  function hold(key: string): void {
    held.set(key, { timer: setTimeout(() => release(key), PACE_MS).unref() });
  }

  return {
    offer(event: StreamEvent): void {
      const key = progressKey(event);
      const entry = key === undefined ? undefined : held.get(key);
      if (entry && !isEnd(event)) {
        entry.latest = event;
        return;
      }
      if (entry) {
        clearTimeout(entry.timer);
        held.delete(key!);
      }
      send(event);
      if (key !== undefined && !isEnd(event)) hold(key);
    },
    close(): void {
      for (const { timer } of held.values()) clearTimeout(timer);
      held.clear();
    },
  };
}

/** What the event is the progress of; undefined when every one counts. */
function progressKey(event: StreamEvent): string | undefined {
  switch (event.name) {
    case 'queue.status':
      return event.name;
    case 'scan.progress':
      return `scan ${event.payload.libraryId}`;
    case 'model.progress':
      return `model ${event.payload.name}`;
    case 'job.changed':
      return `job ${event.payload.id}`;
    default:
      return undefined;
  }
}

/** A job that begins or ends is news at once, and takes the place of progress that was held back. */
function isEnd(event: StreamEvent): boolean {
  return event.name === 'job.changed' && event.payload.status !== 'running';
}
