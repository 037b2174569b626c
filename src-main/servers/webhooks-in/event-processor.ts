import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { type AlarmClock, wallClock } from '../../platform/clock';
import { AppError, toFailure } from '../../rpc';
import { isTemporary } from '../connections';
import type { EventEnd, EventRepository, StoredEvent } from './event-repository';

export interface EventProcessorDeps {
  readonly repository: EventRepository;
  /** Does what an event asks for. */
  readonly process: (event: StoredEvent, signal: AbortSignal) => Promise<EventEnd>;
  /** Called when an event, or a step of it, has ended. */
  readonly ended: (event: StoredEvent, end: EventEnd) => void;
  readonly report: (thrown: unknown) => void;
  readonly clock?: AlarmClock;
}

const DAY_MS = 86_400_000;
/** When an event is tried again that failed because a server was away; after the last of these it has failed. */
const RETRY_AFTER_MS = [60_000, 5 * 60_000, 15 * 60_000];

/** Processes stored events one after the other in the order in which they came; nothing before `start`. */
export function createEventProcessor(deps: EventProcessorDeps) {
  const { repository, clock = wallClock } = deps;
  let isOpen = false;
  let working: Promise<void> | undefined;
  let stopWaiting = () => {};
  let stopping = new AbortController();
  /** How often each event has failed because a server was away. */
  const failures = new Map<number, number>();

  function work(): void {
    if (!isOpen || working) return;
    working = processPending()
      .catch(deps.report)
      .finally(() => {
        working = undefined;
        waitForNext();
      });
  }

  async function processPending(): Promise<void> {
    for (let next = repository.next(clock.now()); next && isOpen; next = repository.next(clock.now())) {
      const event = next;
      const { signal } = stopping;
      const end = await deps.process(event, signal).catch((thrown) => (signal.aborted ? null : failed(event, thrown)));
      // It is pending still, and begun anew at the next start.
      if (end === null) return;
      if (end.status !== 'waiting') failures.delete(event.id);
      repository.end(event.id, end, new Date(clock.now()).toISOString());
      deps.ended(event, end);
      // Events that arrive now are stored and answered before more of the pending ones are processed.
      await yieldToEventLoop();
    }
  }

  function failed({ id, stage }: StoredEvent, thrown: unknown): EventEnd {
    if (!(thrown instanceof AppError)) deps.report(thrown);
    const { message } = toFailure(thrown);
    const count = failures.get(id) ?? 0;
    if (!isTemporary(thrown) || count >= RETRY_AFTER_MS.length) return { status: 'failed', message };
    failures.set(id, count + 1);
    return { status: 'waiting', notBefore: clock.now() + RETRY_AFTER_MS[count], stage, message };
  }

  function waitForNext(): void {
    stopWaiting();
    const due = isOpen ? repository.nextDue() : null;
    stopWaiting = due === null ? () => {} : clock.after(Math.max(0, Math.min(due - clock.now(), DAY_MS)), work);
  }

  return {
    /** Processes what is pending, unless that is going on already. */
    work,
    start(): void {
      isOpen = true;
      stopping = new AbortController();
      work();
    },
    /** Ends the event that is being processed as soon as it can; it and the others wait for the next start. */
    async stop(): Promise<void> {
      isOpen = false;
      stopping.abort();
      stopWaiting();
      await working;
      stopWaiting();
    },
    /** Resolves when nothing is being processed; for tests. */
    idle: async (): Promise<void> => {
      await new Promise(setImmediate);
      await working;
    },
  };
}
