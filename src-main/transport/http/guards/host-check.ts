import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { RequestHandler } from 'express';
import { contextOf } from './context';

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?$/i;
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
/** What containers of Docker Desktop call the machine that they run on; nobody else can give a page this name. */
const FROM_CONTAINER = 'host.docker.internal';

export interface HostPolicy {
  port: number;
  /** Whether other machines may call: then a request may name this one by any of its addresses and names. */
  isLan: boolean;
  /** Names that the person listed, as a reverse proxy sends them; without a port any port will do. */
  allowedHosts: readonly string[];
}

type HostVerdict = 'allowed' | 'malformed' | 'foreign';

/**
 * Whether a request that names this host is meant for us. A page can make its own name resolve to 127.0.0.1 and then
 * read our answers as its own; only the `Host` header gives that away. Rebinding needs a name, so addresses are safe.
 */
function judgeHost(host: string | undefined, policy: HostPolicy): HostVerdict {
  const match = host === undefined ? null : HOST.exec(host);
  if (!match) return 'malformed';
  const name = match[1].toLowerCase();
  const port = Number(match[3] ?? 80);
  const isListed = policy.allowedHosts.some((allowed) => {
    const listed = allowed.toLowerCase();
    return listed === name || listed === `${name}:${port}`;
  });
  if (isListed) return 'allowed';
  if (port !== policy.port) return 'foreign';
  const ours = LOOPBACK_NAMES.includes(name) || (policy.isLan && isOwnName(name));
  return ours ? 'allowed' : 'foreign';
}

function isOwnName(name: string): boolean {
  const machine = hostname().toLowerCase();
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === machine || name === `${machine}.local`;
}

/** Ends requests for other hosts: 400 when the header is missing, repeated or malformed, 421 when it is not ours. */
export function hostCheck(policy: () => HostPolicy): RequestHandler {
  return (request, response, next) => {
    const named = request.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === 'host');
    const isOriginForm = request.originalUrl.startsWith('/');
    const { allowedHosts, ...rest } = policy();
    const names = contextOf(response).isWebhook ? [...allowedHosts, `${FROM_CONTAINER}:${rest.port}`] : allowedHosts;
    const isWhole = named.length === 1 && isOriginForm;
    const verdict = isWhole ? judgeHost(request.headers.host, { ...rest, allowedHosts: names }) : 'malformed';
    if (verdict === 'allowed') return next();
    response
      .status(verdict === 'malformed' ? 400 : 421)
      .set('Connection', 'close')
      .end();
  };
}
