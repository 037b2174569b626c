import type { EventName, EventPayload } from './contract';

type Listener<N extends EventName> = (payload: EventPayload<N>) => void;
type AnyListener = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

/**
 * Tells listeners what happened, in the order of their coming. A listener that throws stops neither the others nor the
 * teller.
 */
export function createEventBus(reportFailure: (thrown: unknown) => void = () => {}) {
  const listeners = new Map<EventName, Set<Listener<never>>>();
  const everything = new Set<AnyListener>();

  function guarded(listen: () => void) {
    try {
      listen();
    } catch (thrown) {
      reportFailure(thrown);
    }
  }

  return {
    emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
      for (const listener of listeners.get(name) ?? []) guarded(() => (listener as Listener<N>)(payload));
      for (const listener of everything) guarded(() => listener(name, payload));
    },
    /** Gives back the function that ends the listening. */
    on<N extends EventName>(name: N, listener: Listener<N>): () => void {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as Listener<never>));
      return () => set.delete(listener as Listener<never>);
    },
    onAny(listener: AnyListener): () => void {
      everything.add(listener);
      return () => everything.delete(listener);
    },
  };
}
export type EventBus = ReturnType<typeof createEventBus>;
