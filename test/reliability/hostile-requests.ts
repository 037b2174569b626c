import { type Agent, request } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** What to send, and with which rights. */
export interface Assault {
  readonly port: number;
  readonly kind: HostileKind;
  readonly count: number;
  readonly connections: number;
  /** At most; a connection may be slower. */
  readonly perSecond: number;
  readonly readKeys: readonly string[];
  readonly webhookKey: string;
  readonly webhookPath: string;
  /** Tracks have the numbers from 1 on. */
  readonly tracks: number;
  /** Below it are files of a library. */
  readonly library: string;
}

/** How many requests ended how: a status, `gone` when the caller left, `closed` when the server did, `half sent`. */
export type Endings = Readonly<Record<string, number>>;

export type HostileKind = keyof typeof KINDS;

const MIB = 2 ** 20;
const JSON_TYPE = { 'Content-Type': 'application/json' };
/** An address of this machine that is not the one programs use. */
const ELSEWHERE = '127.0.0.2';

export type Send = (assault: Assault, at: number, agent: Agent) => Promise<string>;

export const KINDS = {
  'half-sent requests with a made-up key each': halfSent,
  'webhooks nested deeply': (assault, at, agent) => post(assault, agent, nested(at)),
  'webhooks that are huge': (assault, at, agent) => post(assault, agent, ...hugeOf(at)),
  'webhooks of many deep paths': (assault, at, agent) => post(assault, agent, manyPaths(assault.library, at)),
  'webhooks that fill the quota': (assault, at, agent) => post(assault, agent, filling(at)),
  'expensive questions given up at once': abandoned,
} satisfies Readonly<Record<string, Send>>;

export const HOSTILE_KINDS = Object.keys(KINDS) as readonly HostileKind[];

/** A body that never comes. So many stay open; the oldest makes room where the server has not closed it before. */
function halfSent({ port, connections }: Assault, at: number): Promise<string> {
  const localAddress = at % 2 === 0 ? ELSEWHERE : '127.0.0.1';
  const [oldest] = halfOpen;
  if (halfOpen.size >= connections) oldest.destroy();
  const socket = createConnection({ port, host: '127.0.0.1', localAddress });
  halfOpen.add(socket);
  const head = [
    'POST /api/web/auth/login HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `X-Api-Key: made-up-${at}`,
    'Content-Type: application/json',
    'Content-Length: 200000',
  ];
  return new Promise((resolve) => {
    socket.on('error', () => {});
    socket.on('connect', () => socket.write(`${head.join('\r\n')}\r\n\r\n{"a":"`, () => resolve('half sent')));
    socket.once('close', () => {
      halfOpen.delete(socket);
      resolve('closed');
    });
  });
}
const halfOpen = new Set<Socket>();

/** Lets go of what was only half sent. */
export function closeHalfOpen(): void {
  for (const socket of halfOpen) socket.destroy();
}

const nested = (at: number): string => {
  const depth = at % 3 === 0 ? MIB / 2 : 20_000;
  return `{"eventType":"Download","n":${at},"trackFiles":${'['.repeat(depth)}${']'.repeat(depth)}}`;
};

/** Half of them by their header alone; of the others most are large, and a few are as large as they can be. */
function hugeOf(at: number): [body: string, claims: number | 'unknown'] {
  if (at % 2 === 0) return [padded(at, 64 * 1024), 17 * MIB];
  if (at % 50 === 1) return [padded(at, 17 * MIB), 'unknown'];
  const body = padded(at, at % 50 === 3 ? 2 * MIB : 200 * 1024);
  return [body, body.length];
}

const padded = (at: number, bytes: number): string => `{"eventType":"Junk ${at}","pad":"${PAD.slice(0, bytes - 64)}"}`;

/** Names of the longest allowed kind, which differ in their last letters only. */
function manyPaths(library: string, at: number): string {
  const folder = `${library}/${'a/'.repeat(1900)}`;
  const trackFiles = Array.from({ length: 60 }, (_, file) => ({
    id: file,
    path: `${folder}${at} ${file}.flac`,
    size: 1,
  }));
  return JSON.stringify({ eventType: 'Download', artist: { id: at, name: `Artist ${at}`, path: folder }, trackFiles });
}

const filling = (at: number): string =>
  JSON.stringify({ eventType: 'Health', level: 'warning', type: `Check ${at}`, message: PAD.slice(0, 60_000) });

const PAD = 'x'.repeat(17 * MIB);

function post(
  assault: Assault,
  agent: Agent,
  body: string,
  claims: number | 'unknown' = Buffer.byteLength(body),
): Promise<string> {
  const length = claims === 'unknown' ? undefined : { 'Content-Length': String(claims) };
  return new Promise((resolve) => {
    const headers = { ...JSON_TYPE, 'X-Api-Key': assault.webhookKey, ...length };
    const options = {
      host: '127.0.0.1',
      port: assault.port,
      path: assault.webhookPath,
      method: 'POST',
      headers,
      agent,
    };
    const sent = request(options, (response) => {
      response.resume();
      response.once('end', () => resolve(String(response.statusCode)));
    });
    sent.on('error', () => {});
    sent.once('close', () => resolve('closed'));
    if (claims === 'unknown' || claims === body.length) sent.end(body);
    else sent.write(body);
  });
}

interface Question {
  readonly path: string;
  readonly body?: unknown;
}

/** Each makes its answer look through the whole library. */
function expensive({ tracks }: Assault, at: number): Question {
  const track = 1 + (at % tracks);
  const conditions = (from: number) =>
    Array.from({ length: 16 }, (_, index) => ({ key: 'genre', value: `Genre ${from + index}` }));
  const rules = Array.from({ length: 90 }, (_, index) => `comment contains "%_%${index}%_%z"`).join(' OR ');
  const lines = Array.from(
    { length: 2000 },
    (_, line) => `#EXTINF:200,Artist ${line} - Titel ${at} ${line}\n${line}.mp3`,
  );
  const questions: readonly Question[] = [
    { path: '/api/web/analytics/tag-frequencies' },
    { path: '/api/web/analytics/tag-correlations' },
    { path: '/api/web/analytics/collection-overview' },
    { path: '/api/web/analytics/co-occurrence-matrix', body: { x: conditions(0), y: conditions(16) } },
    { path: `/api/web/tracks/${track}/similar?limit=100` },
    { path: '/api/web/similarity/path', body: { from: track, to: tracks - track, steps: 60 } },
    { path: `/api/web/tracks?limit=500&offset=${tracks - 500}&sort=artist` },
    { path: `/api/web/tracks?limit=500&offset=${tracks - 600}&sort=title&query=title` },
    { path: '/api/web/navidrome/playlists/preview', body: { query: `${rules} OR title is "${at}"`.slice(0, 4000) } },
    { path: '/api/web/playlist-import/preview', body: { name: 'a.m3u', content: `#EXTM3U\n${lines.join('\n')}` } },
  ];
  return questions[at % questions.length];
}

/** The caller leaves some milliseconds after it asked, half of the time before there can be an answer. */
function abandoned(assault: Assault, at: number, agent: Agent): Promise<string> {
  const { path, body } = expensive(assault, at);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const key = assault.readKeys[at % assault.readKeys.length];
  const headers = {
    'X-Api-Key': key,
    ...(text === undefined ? {} : { ...JSON_TYPE, 'Content-Length': Buffer.byteLength(text) }),
  };
  const method = text === undefined ? 'GET' : 'POST';
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port: assault.port, path, method, headers, agent };
    const sent = request(options, (response) => {
      response.resume();
      response.once('end', () => resolve(String(response.statusCode)));
    });
    sent.on('error', () => {});
    sent.once('close', () => resolve('gone'));
    sent.once('finish', () => setTimeout(5 + ((at * 7) % 40)).then(() => sent.destroy()));
    sent.end(text);
  });
}
