import { createHash } from 'node:crypto';
import type { AlarmClock } from '../../../platform/clock';
import { AppError } from '../../../rpc';
import type { Inbound, NewEvent } from '../../webhooks-in';
import type { Told } from './catch-up';
import { type LidarrEvent, typeName } from './lidarr-event';
import { digestOf } from './process-event';
import { readVariables, type Variables } from './script-payload';
import { readWebhook } from './webhook-payload';

const MAX_REMEMBERED = 50_000;
/** What is refused is kept for people to look at, but not all of it. */
const MAX_REFUSED_CHARS = 64 * 1024;
/** Clocks of two machines differ, and a webhook may be told before its row is written. */
const SAME_WITHIN_MS = 10 * 60_000;

export interface Received {
  readonly status: 'accepted';
  readonly event: string;
  readonly id: number;
  readonly message: string;
}

/** Takes what Lidarr posts: durable before the answer, and nothing done about it yet. */
export function createReceive(inbound: Pick<Inbound, 'receive'>, clock: Pick<AlarmClock, 'now'>) {
  const told = new Map<string, number>();

  function remember(connectionId: number, event: LidarrEvent): void {
    for (const { kind, path } of toldBy(event)) {
      const key = `${connectionId} ${kind} ${path}`;
      told.delete(key);
      told.set(key, clock.now());
    }
    for (const key of told.keys()) {
      if (told.size <= MAX_REMEMBERED) break;
      told.delete(key);
    }
  }

  async function refuse(connectionId: number, body: string, message: string): Promise<never> {
    const raw = body.slice(0, MAX_REFUSED_CHARS);
    await inbound.receive({
      connectionId,
      via: 'webhook',
      eventType: '',
      digest: null,
      raw,
      status: 'refused',
      message,
    });
    throw new AppError('invalid_input', `${message} Nothing was queued.`);
  }

  return {
    /** Throws `invalid_input` for what is no event; it is kept all the same. */
    async receive(connectionId: number, body: string): Promise<Received> {
      const json = parsed(body);
      if (json === undefined) return refuse(connectionId, body, 'The body is not valid JSON.');
      const variables = readVariables(json);
      const event = variables ? undefined : readWebhook(json);
      if (!variables && !event) return refuse(connectionId, body, 'The JSON names no "eventType", as Lidarr does.');
      if (event) remember(connectionId, event);
      const eventType = variables
        ? typeName(variables.lidarr_eventtype)
        : typeName((json as { eventType: string }).eventType);
      const digest = variables ? digestOfVariables(connectionId, variables) : digestOf(connectionId, event!);
      const kept: NewEvent = {
        connectionId,
        via: variables ? 'script' : 'webhook',
        eventType,
        digest,
        raw: body,
        status: 'pending',
      };
      const id = await inbound.receive(kept);
      const message = eventType === 'Test' ? 'Tonearm hears this Lidarr.' : 'Kept. What it asks for is done next.';
      return { status: 'accepted', event: eventType, id, message };
    },
    /** Whether a webhook told the same of a path around that time. */
    wasTold: (connectionId: number, { kind, path, date }: Told): boolean =>
      (told.get(`${connectionId} ${kind} ${path}`) ?? 0) >= Date.parse(date) - SAME_WITHIN_MS,
  };
}

function toldBy(event: LidarrEvent): { kind: Told['kind']; path: string }[] {
  switch (event.type) {
    case 'imported':
      return [
        ...event.files.map(({ path }) => ({ kind: 'imported' as const, path })),
        ...event.deleted.map(({ path }) => ({ kind: 'deleted' as const, path })),
      ];
    case 'renamed':
      return event.files.map(({ to }) => ({ kind: 'renamed' as const, path: to }));
    case 'retagged':
      return [{ kind: 'retagged', path: event.file.path }];
    default:
      return [];
  }
}

function parsed(body: string): unknown {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

function digestOfVariables(connectionId: number, variables: Variables): string {
  const sorted = Object.entries(variables).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([connectionId, sorted]))
    .digest('hex');
}
