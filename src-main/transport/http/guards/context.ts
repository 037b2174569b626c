import type { Request, Response } from 'express';
import type { Identity } from '../../../platform/auth';
import type { Caller } from '../../../rpc';

/** What the steps before it found out about a request. */
export interface RequestContext {
  requestId: string;
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
    address: request.ip,
    userAgent: request.get('user-agent'),
    credential: identity?.credential,
    isConfirmed: identity?.isConfirmed,
    origin: `${request.protocol}://${request.get('host')}`,
    signal: gone.signal,
  };
}
