import { type AlarmClock, wallClock } from '../../platform/clock';
import { createGroupCommit, type Database } from '../../platform/database';
import { AppError } from '../../rpc';
import type { Connections } from '../connections';
import type { EventRepository, NewEvent } from './event-repository';
import { createStorageQuota } from './storage-quota';
import type { AcceptedEvent, WebhookSource } from './webhook-source';

export interface IntakeDeps {
  readonly db: Database;
  readonly repository: EventRepository;
  readonly connections: Pick<Connections, 'getOfKind'>;
  readonly sourceOf: (kind: string) => WebhookSource | undefined;
  /** Called once an event is durable. */
  readonly stored: (connectionId: number) => void;
  readonly clock?: AlarmClock;
}

export interface Delivery {
  readonly kind: string;
  readonly connectionId: number;
  readonly body: string;
}

const REPEATS_WITHIN_MS = 10 * 60_000;
/** What is refused is stored for people to look at, but not all of it. */
const MAX_REFUSED_CHARS = 64 * 1024;

/** Makes events durable before they are answered; many that come at once share a transaction. */
export function createIntake({ db, repository, connections, sourceOf, stored, clock = wallClock }: IntakeDeps) {
  const insert = createGroupCommit(db, (event: NewEvent) => {
    const now = clock.now();
    return repository.add(event, new Date(now).toISOString(), new Date(now - REPEATS_WITHIN_MS).toISOString());
  });

  const quota = createStorageQuota(repository, clock);

  async function store(event: NewEvent): Promise<number> {
    quota.makeRoom(event);
    const id = await insert(event);
    stored(event.connectionId);
    return id;
  }

  function sourceAt({ kind, connectionId }: Delivery): WebhookSource {
    const { isEnabled, name } = connections.getOfKind(connectionId, kind);
    const source = sourceOf(kind);
    if (!source) throw new AppError('not_found', `"${name}" is a server that posts no events.`);
    if (!isEnabled) throw new AppError('conflict', `The connection "${name}" is switched off in Tonearm.`);
    return source;
  }

  async function accept(source: WebhookSource, { connectionId, body }: Delivery): Promise<AcceptedEvent> {
    try {
      return await source.accept(connectionId, body);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code === 'cancelled') throw thrown;
      const { message } = thrown;
      const raw = body.slice(0, MAX_REFUSED_CHARS);
      await store({ connectionId, via: 'webhook', eventType: '', digest: null, raw, status: 'refused', message });
      throw new AppError('invalid_input', `${message} Nothing was queued.`);
    }
  }

  return {
    /** Resolves with the event's number once it is durable. */
    store,
    /**
     * Takes what a server posted. Throws `invalid_input` for what is no event, `not_found` for a connection that has no
     * webhook at this address, and `conflict` for one that is switched off.
     */
    async receive(delivery: Delivery) {
      const { connectionId, body } = delivery;
      const { via, eventType, digest, message, kept = body } = await accept(sourceAt(delivery), delivery);
      const id = await store({ connectionId, via, eventType, digest, raw: kept, status: 'pending' });
      return { status: 'accepted' as const, event: eventType, id, message };
    },
  };
}
