import { type AlarmClock, wallClock } from '../../platform/clock';
import type { ClockEvents } from '../../platform/clock/contract';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { Health } from '../../platform/health';
import type { ScheduledTask } from '../../platform/scheduler';
import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { Connections } from '../connections';
import type { ConnectionsEvents } from '../connections/contract';
import type { PathMappingsEvents } from '../path-mapping/contract';
import { createCatchUps } from './catch-ups';
import { createChangeNotices } from './change-notices';
import type { InboundEvent, InboundEvents, inboundContract } from './contract';
import { createEventProcessor } from './event-processor';
import { createEventRepository, type EventEnd, type StoredEvent } from './event-repository';
import { createIntake } from './intake';
import { createUnmappedNotices } from './unmapped-notices';
import type { CatchUpSource, WebhookSource } from './webhook-source';

export interface WebhooksInDeps {
  readonly db: Database;
  readonly events: EventBus<InboundEvents & ConnectionsEvents & PathMappingsEvents & ClockEvents>;
  readonly health: Pick<Health, 'report'>;
  readonly connections: Pick<Connections, 'get' | 'getOfKind' | 'list'>;
  /** What kinds of connections registered, by the name of the kind. */
  readonly webhookOf: (kind: string) => WebhookSource | undefined;
  readonly catchUpOf: (kind: string) => CatchUpSource | undefined;
  readonly report: (thrown: unknown) => void;
  readonly clock?: AlarmClock;
}

const KEPT_MS = 30 * 86_400_000;
const DAY_MS = 86_400_000;

/**
 * Events of other servers: stored before they are answered, and processed by the kind of their connection one after the
 * other in the order in which they came, also after a restart. Before `start` events are stored but not processed.
 */
export function createWebhooksIn(deps: WebhooksInDeps) {
  const { db, events, connections, webhookOf, clock = wallClock } = deps;
  const repository = createEventRepository(db);
  const notices = createUnmappedNotices(repository, deps.health);
  const { changed, stop: stopNotifying } = createChangeNotices(events, clock);
  const processor = createEventProcessor({ ...{ repository, clock, report: deps.report }, process, ended });
  const intake = createIntake({ db, repository, connections, clock, sourceOf: webhookOf, stored: changedAndPending });
  const catchUps = createCatchUps({ ...deps, sourceOf: deps.catchUpOf });
  let disposables: (() => void)[] = [];

  async function process(event: StoredEvent, signal: AbortSignal): Promise<EventEnd> {
    const { kind, name } = connections.get(event.connectionId);
    const source = webhookOf(kind);
    if (!source) throw new AppError('not_found', `"${name}" is a server that posts no events.`);
    return source.process(event, signal);
  }

  function ended({ connectionId }: StoredEvent, { status }: EventEnd): void {
    if (status === 'unmapped' || notices.has(connectionId)) notices.update(connectionId);
    changed(connectionId);
  }

  function changedAndPending(connectionId: number): void {
    changed(connectionId);
    processor.work();
  }

  /** Events that wait for a path mapping are processed again, and say what is still missing. */
  function unpark(connectionId: number): void {
    if (repository.unpark(connectionId) > 0) changed(connectionId);
    notices.update(connectionId);
    processor.work();
  }

  const cleanUpTask: ScheduledTask = {
    name: 'webhooks-in.clean-up',
    label: 'Remove old events of other servers',
    schedule: { everyMs: DAY_MS },
    missed: 'run',
    run() {
      repository.removeBefore(new Date(clock.now() - KEPT_MS).toISOString());
      for (const connectionId of notices.connections()) notices.update(connectionId);
    },
  };

  return {
    receive: intake.receive,
    /** Stores an event that no server posted, such as one of its history; resolves once it is durable. */
    store: intake.store,
    get: repository.get,
    list: repository.list,
    unmapped: repository.unmapped,
    /** Throws `not_found`, and `conflict` for one that is pending already or was never understood. */
    replay(id: number): InboundEvent {
      const { status, connectionId } = repository.get(id);
      if (!repository.again(id)) {
        const why = status === 'refused' ? 'could not be understood' : 'is waiting already';
        throw new AppError('conflict', `Event ${id} ${why}.`);
      }
      changedAndPending(connectionId);
      return repository.get(id);
    },
    /** Reads now what a server did without posting it. Throws `provider_failed` when it is away. */
    catchUp: catchUps.run,
    tasks: [cleanUpTask, catchUps.task] as readonly ScheduledTask[],
    start(): void {
      disposables.push(
        events.on('mappings.changed', ({ connectionId }) => unpark(connectionId)),
        // The events of a connection are removed with it.
        events.on('connections.changed', ({ ids }) => ids.filter(notices.has).forEach(notices.update)),
      );
      for (const connectionId of repository.listUnmappedConnections()) notices.update(connectionId);
      processor.start();
      catchUps.start();
    },
    /** Ends the event that is being processed; it and the others wait for the next start. */
    async stop(): Promise<void> {
      for (const dispose of disposables) dispose();
      disposables = [];
      stopNotifying();
      await catchUps.stop();
      await processor.stop();
    },
    idle: processor.idle,
  };
}
export type WebhooksIn = ReturnType<typeof createWebhooksIn>;

export function inboundHandlers(webhooksIn: WebhooksIn): HandlersOf<typeof inboundContract> {
  return {
    receive: ({ kind, connectionId, body }) => webhooksIn.receive({ kind, connectionId, body }),
    list: ({ connectionId, ...options }) => ({
      items: webhooksIn.list(connectionId, options),
      unmapped: webhooksIn.unmapped(connectionId),
    }),
    get: ({ id }) => webhooksIn.get(id),
    replay: ({ id }) => webhooksIn.replay(id),
  };
}
