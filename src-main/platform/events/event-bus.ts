import { AppError } from '../../rpc';
import type { EventSchemas, EventsOf } from './contract';

type AnyListener<E> = <N extends keyof E & string>(name: N, payload: E[N]) => void;

/** Tells of events of these kinds, and lets listen to them. A domain asks for those alone that it has to do with. */
export interface EventBus<E> {
  emit<N extends keyof E & string>(name: N, payload: E[N]): void;
  /** Gives back the function that ends the listening. */
  on<N extends keyof E & string>(name: N, listener: (payload: E[N]) => void): () => void;
}

/** The bus of all events there are. Whoever knows it whole may listen to everything. */
export interface WholeEventBus<E> extends EventBus<E> {
  onAny(listener: AnyListener<E>): () => void;
}

/**
 * Tells listeners what happened, in the order of their coming. An event that does not fit its schema is reported and
 * told to nobody. A listener that throws stops neither the others nor the emitter.
 */
export function createEventBus<S extends EventSchemas>(
  schemas: S,
  reportFailure: (thrown: unknown) => void = () => {},
): WholeEventBus<EventsOf<S>> {
  type Events = EventsOf<S>;
  type Name = keyof Events & string;
  const listeners = new Map<Name, Set<(payload: never) => void>>();
  const anyListeners = new Set<AnyListener<Events>>();

  function guarded(listen: () => void) {
    try {
      listen();
    } catch (thrown) {
      reportFailure(thrown);
    }
  }

  function fits(name: Name, payload: unknown): boolean {
    const parsed = schemas[name]?.safeParse(payload);
    if (parsed?.success) return true;
    reportFailure(new AppError('internal', `The event ${name} does not fit its schema.`, { cause: parsed?.error }));
    return false;
  }

  return {
    emit(name, payload) {
      if (!fits(name, payload)) return;
      for (const listener of listeners.get(name) ?? []) guarded(() => listener(payload as never));
      for (const listener of anyListeners) guarded(() => listener(name, payload));
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
    onAny(listener) {
      anyListeners.add(listener);
      return () => anyListeners.delete(listener);
    },
  };
}
