import type { ErrorCode } from '../../src-main/rpc/errors';
import type { HttpRoute } from '../../src-main/rpc/procedure';
import { CallError } from './call-error';
import { connectionLost } from './connection';
import { listenToStream } from './event-stream';
import type { Transport } from './transport';
import { tellUnauthorized } from './unauthorized';

/** Over HTTP to the server that served this page, with its session cookie. */
export function createBrowserTransport(): Transport {
  return {
    kind: 'browser',
    async call(name, procedure, input) {
      const [route] = procedure.http;
      if (!route) {
        throw new CallError({ code: 'not_found', message: `${name} is for the desktop window only.`, details: [] });
      }
      return outcomeOf(await send(requestOf(route, (input ?? {}) as Record<string, unknown>)));
    },
    listen: listenToStream,
  };
}

/** Puts an input where HTTP wants it: parts of the path, then the query of a GET or the body of the rest. */
function requestOf(route: HttpRoute, input: Record<string, unknown>) {
  const [method, pattern] = route.split(' ');
  const rest = { ...input };
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    delete rest[name];
    return encodeURIComponent(String(input[name]));
  });
  if (method !== 'GET' && method !== 'DELETE') return { method, url: path, body: JSON.stringify(rest) };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, String(value));
  return { method, url: query.size > 0 ? `${path}?${query}` : path, body: undefined };
}

async function send({ method, url, body }: ReturnType<typeof requestOf>): Promise<Response> {
  try {
    // Relative to the page, which a reverse proxy may show below a path.
    return await fetch(url.slice(1), {
      method,
      body,
      credentials: 'same-origin',
      headers: { 'X-App-Request': '1', ...(method !== 'GET' && { 'Content-Type': 'application/json' }) },
    });
  } catch {
    connectionLost();
    throw new CallError({
      code: 'unreachable',
      message: 'Tonearm does not answer. Is it still running?',
      details: [],
    });
  }
}

interface ErrorBody {
  error?: unknown;
  detail?: unknown;
  code?: ErrorCode;
  details?: unknown[];
}

async function outcomeOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  if (response.status === 401) tellUnauthorized();
  const { detail, error, code, details } = (body ?? {}) as ErrorBody;
  const message = [detail, error].find((text) => typeof text === 'string' && text !== '');
  throw new CallError({
    code: code ?? (response.status === 401 ? 'unauthorized' : 'internal'),
    message: typeof message === 'string' ? message : `Tonearm answered with status ${response.status}.`,
    details: details ?? [],
  });
}
