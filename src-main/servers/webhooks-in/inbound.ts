import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { type AlarmClock, wallClock } from '../../platform/clock';
import { createGroupCommit, type Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { Health } from '../../platform/health';
import type { HandlersOf } from '../../rpc';
import { AppError, toFailure } from '../../rpc';
import type { InboundEvent, inboundContract } from './contract';
import { createEventRepository, type EventEnd, type NewEvent, type StoredEvent } from './event-repository';

export interface InboundDeps {
  readonly db: Database;
  readonly events: EventBus;
  readonly health: Pick<Health, 'report'>;
  /** Does what an event asks for. What it throws becomes the event's failure. */
  readonly process: (event: StoredEvent) => Promise<EventEnd>;
  readonly report: (thrown: unknown) => void;
  readonly clock?: AlarmClock;
}

const REPEATS_WITHIN_MS = 10 * 60_000;
const KEPT_MS = 30 * 86_400_000;
const DAY_MS = 86_400_000;
const TOLD_EVERY_MS = 500;

/**
 * What other servers tell us: kept before it is answered, done one after the other in the order in which it came, also
 * after a restart. `receive` may be called before `start`; nothing is done until then.
 */
export function createInbound(deps: InboundDeps) {
  const { db, events, clock = wallClock } = deps;
  const repository = createEventRepository(db);
  const iso = (ms: number) => new Date(ms).toISOString();
  let isOpen = false;
  let working: Promise<void> | undefined;
  let disposables: (() => void)[] = [];
  let stopWaiting = () => {};
  let stopTelling = () => {};
  const pendingNotifications = new Set<number>();
  /** The folders of each connection that health says to be unmapped. */
  const reportedPrefixes = new Map<number, readonly string[]>();

  const keep = createGroupCommit(db, (event: NewEvent) => {
    const now = clock.now();
    return repository.add(event, iso(now), iso(now - REPEATS_WITHIN_MS));
  });

  function work(): void {
    if (!isOpen || working) return;
    working = workThrough()
      .catch(deps.report)
      .finally(() => {
        working = undefined;
        waitForNext();
      });
  }

  async function workThrough(): Promise<void> {
    for (let next = repository.next(clock.now()); next && isOpen; next = repository.next(clock.now())) {
      const end = await deps.process(next).catch(failed);
      repository.end(next.id, end, iso(clock.now()));
      if (end.status === 'unmapped' || reportedPrefixes.has(next.connectionId)) noteUnmapped(next.connectionId);
      tell(next.connectionId);
      // What is told now is kept and answered before more is done of what waits.
      await yieldToEventLoop();
    }
  }

  function failed(thrown: unknown): EventEnd {
    if (!(thrown instanceof AppError)) deps.report(thrown);
    return { status: 'failed', message: toFailure(thrown).message };
  }

  function waitForNext(): void {
    stopWaiting();
    const due = isOpen ? repository.nextDue() : null;
    stopWaiting = due === null ? () => {} : clock.after(Math.max(0, Math.min(due - clock.now(), DAY_MS)), work);
  }

  function tell(connectionId: number): void {
    if (pendingNotifications.size === 0) stopTelling = clock.after(TOLD_EVERY_MS, flush);
    pendingNotifications.add(connectionId);
  }

  function flush(): void {
    for (const connectionId of pendingNotifications) events.emit('inbound.changed', { connectionId });
    pendingNotifications.clear();
  }

  /** One notice for each folder that a mapping is missing for; none for those that nothing waits for any more. */
  function noteUnmapped(connectionId: number): void {
    const unmapped = repository.unmapped(connectionId);
    const prefixes = unmapped.map(({ prefix }) => prefix);
    for (const prefix of reportedPrefixes.get(connectionId) ?? [])
      if (!prefixes.includes(prefix)) deps.health.report(partOf(connectionId, prefix), undefined);
    if (prefixes.length > 0) reportedPrefixes.set(connectionId, prefixes);
    else reportedPrefixes.delete(connectionId);
    for (const { prefix, events: count } of unmapped) {
      const what = count === 1 ? 'an event waits' : `${count} events wait`;
      const message = `Nothing says where the folder ${prefix} of a connected server lies here; ${what} for that. Add a path mapping under Connections.`;
      deps.health.report(partOf(connectionId, prefix), { severity: 'degraded', message });
    }
  }

  /** The parked events are done anew, and tell again what is still missing. */
  function unpark(connectionId: number): void {
    if (repository.unpark(connectionId) > 0) tell(connectionId);
    noteUnmapped(connectionId);
    work();
  }

  function forgetOld(): void {
    repository.forgetBefore(iso(clock.now() - KEPT_MS));
    for (const connectionId of reportedPrefixes.keys()) noteUnmapped(connectionId);
    disposables.push(clock.after(DAY_MS, forgetOld));
  }

  return {
    /** Resolves with the event's number once it is durable. */
    async receive(event: NewEvent): Promise<number> {
      const id = await keep(event);
      tell(event.connectionId);
      work();
      return id;
    },
    get: repository.get,
    list: repository.list,
    unmapped: repository.unmapped,
    /** Throws `not_found`, and `conflict` for one that waits already or was never understood. */
    replay(id: number): InboundEvent {
      const { status, connectionId } = repository.get(id);
      if (!repository.again(id)) {
        const why = status === 'refused' ? 'could not be understood' : 'is waiting already';
        throw new AppError('conflict', `Event ${id} ${why}.`);
      }
      tell(connectionId);
      work();
      return repository.get(id);
    },
    unpark,
    start(): void {
      isOpen = true;
      disposables.push(
        events.on('mappings.changed', ({ connectionId }) => unpark(connectionId)),
        // One that was removed has taken its events with it.
        events.on('connections.changed', ({ ids }) =>
          ids.filter((id) => reportedPrefixes.has(id)).forEach(noteUnmapped),
        ),
      );
      forgetOld();
      for (const connectionId of repository.listUnmappedConnections()) noteUnmapped(connectionId);
      work();
    },
    /** Finishes the event that is being done; the others wait for the next start. */
    async stop(): Promise<void> {
      isOpen = false;
      stopWaiting();
      stopTelling();
      for (const each of disposables) each();
      disposables = [];
      await working;
      stopWaiting();
    },
    /** Resolves when nothing is being done; for tests. */
    idle: async (): Promise<void> => {
      await new Promise(setImmediate);
      await working;
    },
  };
}
export type Inbound = ReturnType<typeof createInbound>;

const partOf = (connectionId: number, prefix: string) => `mapping:${connectionId}:${prefix}`;

export function inboundHandlers(inbound: Inbound): HandlersOf<typeof inboundContract> {
  return {
    list: ({ connectionId, ...options }) => ({
      items: inbound.list(connectionId, options),
      unmapped: inbound.unmapped(connectionId),
    }),
    get: ({ id }) => inbound.get(id),
    replay: ({ id }) => inbound.replay(id),
  };
}
