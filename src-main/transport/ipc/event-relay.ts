import type { EventName, Events } from '../../app/contract';
import type { WholeEventBus } from '../../platform/events';

export interface RelayedEvent {
  readonly name: EventName;
  readonly payload: unknown;
}

const PAUSE_MS = 100;

/** Hands events on to the window ten times a second at most; of what only tells how far something is, the latest. */
export function relayEvents(events: WholeEventBus<Events>, send: (event: RelayedEvent) => void, pauseMs = PAUSE_MS) {
  const waiting = new Map<string, RelayedEvent>();
  let timer: NodeJS.Timeout | undefined;
  let unique = 0;

  function flush() {
    timer = undefined;
    const batch = [...waiting.values()];
    waiting.clear();
    for (const event of batch) send(event);
  }

  const end = events.onAny((name, payload) => {
    const key = subjectOf(name, payload) ?? `#${unique++}`;
    // Taken out first, so that the latest word also stands in the latest place.
    waiting.delete(key);
    waiting.set(key, { name, payload });
    timer ??= setTimeout(flush, pauseMs);
  });
  return {
    end() {
      clearTimeout(timer);
      end();
    },
  };
}

/** What an event is about, when a later one about the same says everything; undefined when each has to be told. */
function subjectOf<N extends EventName>(name: N, payload: Events[N]): string | undefined {
  if ('component' in payload) return `${name} ${payload.component}`;
  if ('libraryId' in payload) return `${name} ${payload.libraryId}`;
  if ('id' in payload) return `${name} ${payload.id}`;
  if (name === 'model.progress' && 'name' in payload) return `${name} ${payload.name}`;
  return name === 'settings.changed' || name === 'tracks.changed' ? undefined : name;
}
