import type { RequestHandler, Response } from 'express';
import type { Events } from '../../../app/contract';
import type { Auth, Identity } from '../../../platform/auth';
import { type Clock, systemClock } from '../../../platform/clock';
import type { WholeEventBus } from '../../../platform/events';
import type { Log } from '../../../platform/logs';
import { AppError } from '../../../rpc';
import { contextOf } from '../guards';
import type { SentEvent } from './event-journal';
import { createEventJournal, write } from './event-journal';
import { isWanted, type StreamEvent } from './event-names';
import { createEventPace } from './event-pace';

export type { StreamEvent } from './event-names';

const MAX_IN_TOTAL = 16;
const MAX_PER_CREDENTIAL = 4;
const HEARTBEAT_MS = 20_000;
const MAX_BUFFERED_BYTES = 1024 * 1024;

interface Client {
  readonly response: Response;
  readonly identity: Identity;
  readonly topics: readonly string[];
  readonly isLegacy: boolean;
}

interface StreamOptions {
  events: WholeEventBus<Events>;
  auth: Auth;
  log: Log;
  snapshot?: () => readonly StreamEvent[] | Promise<readonly StreamEvent[]>;
  clock?: Clock;
}

/**
 * Events as they happen, over Server-Sent Events. A client is told the state first, then every change; one that comes
 * back with `Last-Event-ID` is told what it missed, or to `resync` when that is no longer known.
 */
export function createEventStream({ events, auth, log, snapshot = () => [], clock = systemClock }: StreamOptions) {
  const clients = new Set<Client>();
  const journal = createEventJournal(clock);
  const workers = new Map<string, StreamEvent>();
  const pace = createEventPace((event) => {
    const entry = journal.add(event);
    for (const client of clients) send(client, entry);
  });
  const stopListening = events.onAny((name, payload) => {
    const event = { name, payload } as StreamEvent;
    if (event.name === 'worker.changed') workers.set(event.payload.component, event);
    pace.offer(event);
  });
  const heartbeat = setInterval(beat, HEARTBEAT_MS).unref();

  function beat(): void {
    for (const client of clients) {
      if (auth.isLive(client.identity)) put(client, ':\n\n');
      else leave(client);
    }
  }

  /**
   * At once, and not when the last byte is read: what is written after the end would be an error that nobody catches.
   */
  function leave(client: Client): void {
    clients.delete(client);
    client.response.end();
  }

  function send(client: Client, entry: SentEvent): void {
    if (!isWanted(client.topics, entry.topic)) return;
    put(client, client.isLegacy ? entry.text + entry.legacyText : entry.text);
  }

  function put(client: Client, text: string): void {
    if (!clients.has(client)) return;
    client.response.write(text);
    if (client.response.writableLength <= MAX_BUFFERED_BYTES) return;
    log.warn('a listener of the event stream was too slow and is dropped');
    clients.delete(client);
    client.response.destroy();
  }

  /** A ticket in the address stands for a credential; nothing else in the address does. */
  const admit: RequestHandler = (request, response, next) => {
    const context = contextOf(response);
    const { ticket } = request.query;
    if (!context.identity && typeof ticket === 'string') {
      const pass = auth.streamTickets.redeem(ticket);
      if (!pass || !auth.isLive(pass.identity))
        throw new AppError('unauthorized', 'This ticket was used or is older than 30 seconds.');
      context.identity = pass.identity;
      context.topics = pass.topics;
    }
    next();
  };

  function refuseTooMany(identity: Identity): void {
    const { kind, id } = identity.credential;
    const own = [...clients].filter(({ identity: { credential } }) => credential.kind === kind && credential.id === id);
    if (clients.size < MAX_IN_TOTAL && own.length < MAX_PER_CREDENTIAL) return;
    throw new AppError('rate_limited', 'Too many event streams are open. Close one, then try again.', {
      details: [{ retryAfterS: 20 }],
    });
  }

  const open: RequestHandler = async (request, response) => {
    const { identity, topics } = contextOf(response);
    refuseTooMany(identity!);
    const lastEventId = request.get('last-event-id');
    const missed = lastEventId === undefined ? undefined : journal.since(Number(lastEventId));
    const client: Client = {
      response,
      identity: identity!,
      topics: topics ?? listOf(request.query.topics),
      isLegacy: request.query.legacy === '1',
    };
    response.on('close', () => clients.delete(client));
    clients.add(client);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    put(client, 'retry: 3000\n\n');
    if (client.isLegacy) put(client, 'event: connected\ndata: {"message":"connected"}\n\n');
    if (missed) {
      for (const entry of missed) send(client, entry);
      return;
    }
    if (lastEventId !== undefined) put(client, 'event: resync\ndata: {}\n\n');
    for (const event of [...(await snapshot()), ...workers.values()]) send(client, write(journal.lastId, event));
  };

  return {
    admit,
    open,
    close(): void {
      clearInterval(heartbeat);
      stopListening();
      pace.close();
      for (const client of clients) leave(client);
    },
  };
}

function listOf(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',').filter(Boolean).slice(0, 50) : [];
}
