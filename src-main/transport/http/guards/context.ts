import type { Request, Response } from 'express';
import type { Identity } from '../../../platform/auth';
import type { Caller } from '../../../rpc';

/** What the steps before it found out about a request. */
export interface RequestContext {
  requestId: string;
  /** The client's address: of the connection, or what a trusted proxy says. */
  address: string;
  /** Who counts as one client; apart where a proxy that nobody trusts passed it on. */
  client: string;
  /** The browser logged in before. */
  knownDevice?: string;
  /** It says that it was passed on, whether or not that can be believed. */
  isForwarded: boolean;
  /** A proxy that is trusted passed it on. */
  isViaProxy: boolean;
  /** The path below which the client sees us, such as `/tonearm`; nothing where that is the root. */
  basePath: string;
  /** Another server delivers an event: its procedure says `delivery: 'webhook'`. */
  isWebhook?: boolean;
  identity?: Identity;
  /** Where the credential stood. Browsers send a cookie by themselves, which is why it alone needs the CSRF check. */
  source: 'cookie' | 'header' | 'none';
  /** The topics that a ticket for the event stream is bound to. */
  topics?: readonly string[];
}

export function contextOf(response: Response): RequestContext {
  return response.locals as RequestContext;
}

/** The caller as the routes know them; `signal` ends when the client goes away before its answer. */
export function callerOf(request: Request, response: Response): Caller {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  const { identity } = contextOf(response);
  return {
    transport: 'http',
    address: contextOf(response).address,
    client: contextOf(response).client,
    knownDevice: contextOf(response).knownDevice,
    userAgent: request.get('user-agent'),
    credential: identity?.credential,
    isConfirmed: identity?.isConfirmed,
    origin: `${request.protocol}://${request.host}`,
    scope: identity?.scope,
    signal: gone.signal,
  };
}
