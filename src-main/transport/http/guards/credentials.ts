import type { Request, RequestHandler, Response } from 'express';
import type { Auth, Identity } from '../../../platform/auth';
import { AppError } from '../../../rpc';
import { contextOf } from './context';
import { valueOfCookie } from './cookies';
import { hostsOf } from './forwarded';
import { isListed } from './host-check';

const READING = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The secret that a request shows: as Bearer, `X-Api-Key`, `X-API-Token`, the password of Basic, or the session's
 * cookie. A header makes the cookie count for nothing. Never the query, as addresses end up in logs and histories, but
 * for webhooks of servers that can send nothing else.
 */
function presentedCredential(
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
  const cookie = valueOfCookie(request, 'session');
  return cookie ? { secret: cookie, source: 'cookie' } : undefined;
}

function fromAuthorization(header: string | undefined): string | undefined {
  const [, scheme, value] = /^(bearer|basic)\s+(\S+)\s*$/i.exec(header ?? '') ?? [];
  if (!scheme) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1) || undefined;
}

/** Everyone's identity when the person who started us said that no credentials are needed. */
export const ANYONE: Identity = { credential: { kind: 'local', id: 'anyone' }, scope: 'full' };

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
    else context.knownDevice = auth.devices.find(valueOfCookie(request, 'device'));
    next();
  };
}

/**
 * Refuses what another site made the browser send. Browsers add cookies to such requests by themselves, so whatever
 * changes something on a cookie's word has to prove that our own page sent it.
 */
export function csrfCheck(allowedHosts: () => readonly string[]): RequestHandler {
  return (request, response, next) => {
    const { identity, source } = contextOf(response);
    if (READING.includes(request.method) || !identity || source === 'header') return next();
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    const isDeliberate =
      source === 'none' ||
      (request.get('x-app-request') === '1' && /^application\/json\b/i.test(request.get('content-type') ?? ''));
    if (!isDeliberate || (site !== undefined && site !== 'same-origin')) throw notOurPage();
    if (origin === undefined || isOwnOrigin(origin, request, response, allowedHosts())) return next();
    throw contextOf(response).isForwarded ? misunderstoodProxy(origin) : notOurPage();
  };
}

/**
 * Whether a page with this origin is ours: the name and the port that were asked for, or a name that the person listed.
 * A proxy that passes on a name without its port leaves the port open; and one that ends TLS but is not trusted leaves
 * the scheme open, for which the browser vouches.
 */
function isOwnOrigin(origin: string, request: Request, response: Response, allowed: readonly string[]): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, port } = new URL(origin);
  const isSameScheme = protocol === `${request.protocol}:` || request.get('sec-fetch-site') === 'same-origin';
  const asPort = Number(port || (protocol === 'https:' ? 443 : 80));
  const asked = hostsOf(request, response).at(-1)?.toLowerCase() ?? '';
  const isAsked =
    asked === `${hostname}:${asPort}` || (asked === hostname && (port === '' || contextOf(response).isForwarded));
  return isSameScheme && (isAsked || isListed(allowed, hostname, asPort));
}

const notOurPage = () =>
  new AppError(
    'forbidden',
    'This request did not come from our own page. Programs use an API key in the header X-Api-Key.',
  );

const misunderstoodProxy = (origin: string) =>
  new AppError(
    'forbidden',
    `The page was opened at ${origin.slice(0, 200)}, but the reverse proxy does not say so. It has to pass on Host and ` +
      'X-Forwarded-Proto, and TONEARM_TRUSTED_PROXIES has to name its address.',
  );
