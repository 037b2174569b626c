import { AppError, guardJson } from '../../../../rpc';
import { digestOf, digestOfVariables } from './digest';
import { readHistory } from './history-payload';
import { type LidarrEvent, typeName } from './lidarr-event';
import { readVariables, type Variables, withoutForeign } from './script-payload';
import { compactWebhook, readWebhook } from './webhook-payload';

/** What a body turned out to be. */
export interface Posted {
  readonly via: 'webhook' | 'script';
  readonly eventType: string;
  readonly digest: string | null;
  /** The body, or, where it is large, that part of it which we read. */
  readonly kept: string;
  /** What a webhook says; a script's variables are read when the event is processed. */
  readonly event: LidarrEvent | null;
}

/** What is read of a stored event. */
export type Stored = { readonly variables: Variables } | { readonly event: LidarrEvent | null };

/** How these are read, each in a process of its own where a text is large. */
export interface PostedReading {
  readPosted(input: { connectionId: number; body: string }): Promise<Posted>;
  readStored(input: { via: string; raw: string }): Promise<Stored>;
}

const MAX_RESULT_BYTES = 48 * 2 ** 20;
/** In UTF-16 units. Reading these takes a few milliseconds, whatever they are. */
const SMALL = 64 * 1024;

/** Reads what Lidarr posted; for the process that reads what others have written. */
export const lidarrReaders = {
  lidarrPosted: {
    read: async (input: { connectionId: number; body: string }) => readPosted(input),
    maxResultBytes: MAX_RESULT_BYTES,
  },
  lidarrStored: {
    read: async (input: { via: string; raw: string }) => readStored(input),
    maxResultBytes: MAX_RESULT_BYTES,
  },
};

/** Small texts are read here at once, large ones elsewhere, by the names of `lidarrReaders`. */
export function readingOf(elsewhere: <O>(reader: string, input: object) => Promise<O>): PostedReading {
  return {
    readPosted: async (input) =>
      input.body.length <= SMALL ? readPosted(input) : elsewhere<Posted>('lidarrPosted', input),
    readStored: async (input) =>
      input.raw.length <= SMALL ? readStored(input) : elsewhere<Stored>('lidarrStored', input),
  };
}

/** Throws `invalid_input` with a sentence for what is no event. */
function readPosted({ connectionId, body }: { connectionId: number; body: string }): Posted {
  const json = parsed(body);
  const isLarge = body.length > SMALL;
  const variables = readVariables(json);
  if (variables) {
    const own = withoutForeign(variables);
    const digest = digestOfVariables(connectionId, own);
    const kept = isLarge ? JSON.stringify(own) : body;
    return { via: 'script', eventType: typeName(own.lidarr_eventtype), digest, kept, event: null };
  }
  const event = readWebhook(json);
  if (!event) throw new AppError('invalid_input', 'The JSON names no "eventType", as Lidarr does.');
  const eventType = typeName((json as { eventType: string }).eventType);
  const kept = isLarge ? JSON.stringify(compactWebhook(json)) : body;
  return { via: 'webhook', eventType, digest: digestOf(connectionId, event), kept, event };
}

function readStored({ via, raw }: { via: string; raw: string }): Stored {
  const json: unknown = JSON.parse(raw);
  if (via !== 'script') return { event: readHistory(json) ?? null };
  const variables = readVariables(json);
  return variables ? { variables } : { event: null };
}

function parsed(body: string): object {
  guardJson(body, 'any');
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null) return json;
  } catch {
    // Said below.
  }
  throw new AppError('invalid_input', 'The body is not valid JSON.');
}
