import type { EventName, Events } from '../../src-main/app/contract';
import { transport } from './api';

/** Beside the application's own events: what only a window, or only a stream, can tell. */
interface StreamEvents {
  resync: Record<string, never>;
  /** Files that came by another way than a drop: the tray, the command line, the dock. */
  'files.arrived': { paths: string[] };
}
export type PageEventName = EventName | keyof StreamEvents;
export type PageEvent<N extends PageEventName> = N extends EventName
  ? Events[N]
  : N extends keyof StreamEvents
    ? StreamEvents[N]
    : never;

const listeners = new Map<string, Set<(payload: never) => void>>();
let end: (() => void) | undefined;

/** Listens to one kind of event; gives back the function that ends it. */
export function onEvent<N extends PageEventName>(name: N, listener: (payload: PageEvent<N>) => void): () => void {
  const set = listeners.get(name) ?? new Set();
  listeners.set(name, set.add(listener));
  return () => set.delete(listener);
}

/** Opens the one stream of this page. To be called once the caller is let in. */
export function startEvents(): void {
  end ??= transport.listen((name, payload) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  });
}

export function stopEvents(): void {
  end?.();
  end = undefined;
}
