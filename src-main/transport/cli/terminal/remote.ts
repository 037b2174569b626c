import { setTimeout } from 'node:timers/promises';
import type { Instance } from '../../../platform/auth';
import type { AppPaths } from '../../../platform/paths';
import type { Procedure } from '../../../rpc';
import { AppError, ERROR_STATUS, type ErrorCode } from '../../../rpc';
import { type Api, apiOf } from './api';

const PROBE_MS = 1500;

/** A running application as seen from here. */
export interface RemoteApp {
  readonly api: Api;
  readonly address: string;
}

/** The application that runs on this data folder; undefined when none answers. */
export async function findRunning({ instanceFile }: Pick<AppPaths, 'instanceFile'>): Promise<RemoteApp | undefined> {
  const { readInstance } = await import('../../../platform/auth');
  return reach(readInstance(instanceFile));
}

/** The application that an instance file tells of; undefined when it does not answer, or another program does. */
export async function reach(instance: Omit<Instance, 'isLan'> | undefined): Promise<RemoteApp | undefined> {
  if (!instance) return undefined;
  const address = `http://127.0.0.1:${instance.port}`;
  const headers = { 'X-Api-Key': instance.token };
  try {
    // A stranger may sit on the port by now; what it learns is a token that ended with the run it was made for.
    const response = await fetch(`${address}/api/web/auth/state`, { headers, signal: AbortSignal.timeout(PROBE_MS) });
    const state = (await response.json()) as { isLoggedIn?: boolean };
    if (state.isLoggedIn !== true) return undefined;
  } catch {
    return undefined;
  }
  return { address, api: await apiOf((_name, procedure, input) => callOverHttp(address, headers, procedure, input)) };
}

async function callOverHttp(
  address: string,
  headers: Record<string, string>,
  procedure: Procedure,
  input: unknown,
): Promise<unknown> {
  const request = requestFor(procedure, (input ?? {}) as Record<string, unknown>);
  const send = () =>
    fetch(address + request.path, {
      method: request.method,
      headers: request.body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      body: request.body,
    }).catch((cause) => {
      throw new AppError('busy', 'The running Tonearm stopped answering.', { cause });
    });
  let response = await send();
  // Only the pace of long lists is meant; a login that was refused says to wait for minutes.
  for (let tries = 0; response.status === 429 && tries < 5; tries += 1) {
    const waitS = Number(response.headers.get('retry-after'));
    if (!(waitS <= 20)) break;
    await setTimeout(waitS * 1000);
    response = await send();
  }
  if (response.status === 204) return undefined;
  const body = (await response.json()) as { error?: string; code?: string; details?: unknown[] };
  if (response.ok) return body;
  const code: ErrorCode = body.code && Object.hasOwn(ERROR_STATUS, body.code) ? (body.code as ErrorCode) : 'internal';
  throw new AppError(code, body.error ?? `Tonearm answered ${response.status}.`, { details: body.details });
}

/** The HTTP request for a call: parts of the path filled in, the rest as query or JSON body. */
export function requestFor({ http }: Procedure, input: Record<string, unknown>) {
  const [method, template] = http[0].split(' ', 2);
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = template.replaceAll(/:(\w+)/g, (_part, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  if (method !== 'GET' && method !== 'DELETE') return { method, path, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams();
  for (const [name, value] of rest) query.set(name, String(value));
  return { method, path: query.size > 0 ? `${path}?${query}` : path };
}
