import type { Request, RequestHandler, Response } from 'express';
import type { Auth, Identity } from '../../../platform/auth';
import { AppError } from '../../../rpc';
import { contextOf } from './context';

export const SESSION_COOKIE = 'tonearm_session';
const READING = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The secret that a request shows: as Bearer, `X-Api-Key`, `X-API-Token`, the password of Basic, or the session's
 * cookie. A header makes the cookie count for nothing. Never the query, as addresses end up in logs and histories, but
 * for webhooks of servers that can send nothing else.
 */
export function presentedCredential(
  request: Request,
  response: Response,
): { secret: string; source: 'header' | 'cookie' } | undefined {
  const header =
    request.get('x-webhook-token') ??
    fromAuthorization(request.get('authorization')) ??
    request.get('x-api-key') ??
    request.get('x-api-token');
  if (header) return { secret: header, source: 'header' };
  const inQuery = contextOf(response).isWebhook ? request.query.token : undefined;
  if (typeof inQuery === 'string') return { secret: inQuery, source: 'header' };
  const cookie = cookieOf(request.get('cookie'));
  return cookie ? { secret: cookie, source: 'cookie' } : undefined;
}

function fromAuthorization(header: string | undefined): string | undefined {
  const [, scheme, value] = /^(bearer|basic)\s+(\S+)\s*$/i.exec(header ?? '') ?? [];
  if (!scheme) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1) || undefined;
}

function cookieOf(header: string | undefined): string | undefined {
  const found = header?.split(';').find((pair) => pair.trim().startsWith(`${SESSION_COOKIE}=`));
  return found?.trim().slice(SESSION_COOKIE.length + 1) || undefined;
}

/** Everyone's identity when the person who started us said that no credentials are needed. */
const ANYONE: Identity = { credential: { kind: 'local', id: 'anyone' }, scope: 'full' };

/** Finds out who asks. A credential that is not valid counts as none; what needs one then says so. */
export function authenticate(auth: Auth, isOpenToAll: boolean): RequestHandler {
  return (request, response, next) => {
    const context = contextOf(response);
    const presented = presentedCredential(request, response);
    context.identity = presented && auth.identify(presented.secret, request.ip);
    // A cookie that is too old is nobody's attempt.
    if (!context.identity && presented?.source === 'header') {
      const caller = { transport: 'http', address: request.ip } as const;
      auth.audit.note('key.refused', caller, { path: request.path, agent: request.get('user-agent') });
    }
    if (context.identity) context.source = presented!.source;
    else if (isOpenToAll) context.identity = ANYONE;
    next();
  };
}

/**
 * Refuses what another site made the browser send. Browsers add cookies to such requests by themselves, so whatever
 * changes something on a cookie's word has to prove that our own page sent it.
 */
export const csrfCheck: RequestHandler = (request, response, next) => {
  const { identity, source } = contextOf(response);
  if (READING.includes(request.method) || !identity || source === 'header') return next();
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const isOurs =
    (site === undefined || site === 'same-origin') &&
    (origin === undefined || origin === `${request.protocol}://${request.get('host')}`);
  const isDeliberate =
    source === 'none' ||
    (request.get('x-app-request') === '1' && /^application\/json\b/i.test(request.get('content-type') ?? ''));
  if (isOurs && isDeliberate) return next();
  throw new AppError(
    'forbidden',
    'This request did not come from our own page. Programs use an API key in the header X-Api-Key.',
  );
};
