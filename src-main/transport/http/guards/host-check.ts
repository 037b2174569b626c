import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { RequestHandler, Response } from 'express';
import type { Log } from '../../../platform/logs';
import { contextOf } from './context';
import { hostsOf } from './forwarded';

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?$/i;
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
/** What containers of Docker Desktop call the machine that they run on; nobody else can give a page this name. */
const FROM_CONTAINER = 'host.docker.internal';
const LONGEST_NAME = 260;

export interface HostPolicy {
  port: number;
  /** Whether other machines may call: then a request may name this one by any of its addresses and names. */
  isLan: boolean;
  /** Names that the person listed, as a reverse proxy sends them; without a port any port will do. */
  allowedHosts: () => readonly string[];
}

interface Judged extends Omit<HostPolicy, 'allowedHosts'> {
  readonly allowed: readonly string[];
  /** The port of the name is that of something before us, and not ours. */
  readonly isAnyPort: boolean;
}

type HostVerdict = 'allowed' | 'malformed' | 'foreign';

/**
 * Whether a request that names this host is meant for us. A page can make its own name resolve to 127.0.0.1 and then
 * read our answers as its own; only the `Host` header gives that away. Rebinding needs a name, so addresses are safe.
 */
function judgeHost(host: string | undefined, policy: Judged): HostVerdict {
  const match = host === undefined || host.length > LONGEST_NAME ? null : HOST.exec(host);
  if (!match) return 'malformed';
  const name = match[1].toLowerCase();
  if (isListed(policy.allowed, name, Number(match[3] ?? 80))) return 'allowed';
  const isOurPort = policy.isAnyPort || match[3] === undefined || Number(match[3]) === policy.port;
  if (!isOurPort) return 'foreign';
  const ours = LOOPBACK_NAMES.includes(name) || (policy.isLan && isOwnName(name));
  return ours ? 'allowed' : 'foreign';
}

/** Whether the person listed this name, alone or with this port. */
export const isListed = (allowed: readonly string[], name: string, port: number): boolean =>
  allowed.some((listed) => listed === name || listed === `${name}:${port}`);

function isOwnName(name: string): boolean {
  const machine = hostname().toLowerCase();
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === machine || name === `${machine}.local`;
}

/**
 * Ends requests for other hosts, with a sentence: 400 when the header is missing, repeated or malformed, 421 when it is
 * not ours. What a trusted proxy was asked for counts as well as what it asks us for: clients can write either.
 */
export function hostCheck(policy: () => HostPolicy, log: Log): RequestHandler {
  const note = hostNotes(log);
  return (request, response, next) => {
    const named = request.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === 'host');
    const isOriginForm = request.originalUrl.startsWith('/');
    const { allowedHosts, port, isLan } = policy();
    const { isWebhook, isViaProxy } = contextOf(response);
    const allowed = isWebhook ? [...allowedHosts(), `${FROM_CONTAINER}:${port}`] : allowedHosts();
    const judged = { port, isLan, allowed, isAnyPort: isLan || isViaProxy };
    const hosts = named.length === 1 && isOriginForm ? hostsOf(request, response) : [undefined];
    const refused = hosts
      .map((host) => ({ host, verdict: judgeHost(host, judged) }))
      .find(({ verdict }) => verdict !== 'allowed');
    if (!refused) return next();
    if (refused.verdict === 'malformed') return refuse(response, 400, MALFORMED);
    note(refused.host!, contextOf(response).address);
    refuse(response, 421, sentenceFor(refused.host!));
  };
}

const MALFORMED = 'The request has to name the host that it asks once, and only by name and port.';

const sentenceFor = (host: string): string => {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return (
    `Tonearm was asked as ${host}, which is none of its names. If that is right, start it with --allow-host ${name}, ` +
    `set TONEARM_ALLOWED_HOSTS=${name}, or add ${name} in the settings under "Names of this server".`
  );
};

function refuse(response: Response, status: number, sentence: string): void {
  response.status(status).set('Connection', 'close').set('X-Content-Type-Options', 'nosniff');
  response.type('text/plain').send(`${sentence}\n`);
}

const NOTE_AGAIN_MS = 60_000;
const MAX_NAMES = 100;

/** A line in the log for each name, once a minute and not more than a hundred: whoever asks chooses the name. */
function hostNotes(log: Log) {
  const notedAt = new Map<string, number>();
  return (host: string, address: string): void => {
    const now = performance.now();
    for (const [name, at] of notedAt) if (now - at > NOTE_AGAIN_MS) notedAt.delete(name);
    if (notedAt.has(host) || notedAt.size >= MAX_NAMES) return;
    notedAt.set(host, now);
    log.warn({ host, address }, sentenceFor(host));
  };
}
