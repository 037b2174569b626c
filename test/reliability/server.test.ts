import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpServer } from '../../src-main/transport/http';
import { type Asked, atTheListener, type Door, type Received, type WayIn } from './door';
import { recordFigure } from './figures';

const EVIL = 'https://evil.example';
const STREAM = '/api/web/events/status';
const READS = ['GET', 'HEAD'];

let door: Door;
let full: { Authorization: string };
const secrets: string[] = [];
beforeAll(async () => {
  door = await atTheListener();
  full = { Authorization: `Bearer ${door.app.auth.localToken}` };
});
afterAll(() => door.remove());

const keyOf = (scope: 'full' | 'read' | 'webhook') => {
  const { key } = door.app.auth.keys.create(scope, scope);
  secrets.push(key);
  return key;
};
const sessionCookie = () => {
  const token = door.app.auth.sessions.begin({ userAgent: 'a browser' });
  secrets.push(token);
  return `tonearm_session=${token}`;
};
const isOpen = ({ route }: WayIn) => route.procedure.access === 'open';
const changes = ({ method }: WayIn) => !READS.includes(method);

/** Asks all of these, and records how many came out as they must; the others are named. */
async function all<T extends Asked>(
  what: string,
  asked: readonly T[],
  isRight: (reported: Received, asked: T) => boolean,
) {
  const wrong: string[] = [];
  for (const each of asked) {
    const reported = await door.ask(each);
    if (!isRight(reported, each))
      wrong.push(`${each.method} ${each.path} ${JSON.stringify(each.headers)}: ${reported.status}`);
  }
  record(what, asked.length, asked.length - wrong.length);
  expect(wrong).toEqual([]);
  expect(asked.length).toBeGreaterThan(0);
}

const record = (what: string, cases: number, passed: number, note?: string) =>
  recordFigure('server', { what, cases, passed, line: '100 %', note });

it('answers no request that names another host, wherever it leads', async () => {
  const { port } = door;
  const hosts = ['evil.example', `evil.example:${port}`, 'localhost:1', `localhost.evil.example:${port}`];
  const pages = ['/', '/docs', '/openapi.json', STREAM, '/nothing'].map((path) => ({ method: 'GET', path }));
  const asked = [...door.ways, ...pages].flatMap(({ method, path }) =>
    [...hosts, 'a b'].map((Host) => ({ method, path, headers: { ...full, Host } })),
  );
  const isRight = ({ status, text }: Received, { headers: { Host } }: (typeof asked)[number]) =>
    hosts.includes(Host) ? status === 421 && text.includes('--allow-host') : status === 400;
  await all('another host named on page, API, stream and webhooks', asked, isRight);
});

it('changes nothing on the word of a cookie that another site made a browser send', async () => {
  const json = 'application/json';
  const own = { Cookie: sessionCookie(), 'Content-Type': json, 'X-App-Request': '1' };
  const forged: Record<string, string>[] = [
    { ...own, 'Sec-Fetch-Site': 'cross-site' },
    { ...own, 'Sec-Fetch-Site': 'same-site' },
    { ...own, Origin: EVIL },
    { ...own, Origin: 'null' },
    { Cookie: own.Cookie, 'Content-Type': json },
    { ...own, 'Content-Type': 'text/plain' },
  ];
  const asked = door.ways
    .filter(changes)
    .flatMap(({ method, path }) => forged.map((headers) => ({ method, path, headers, body: '{}' })));
  await all('a cookie sent from another site', asked, ({ status }) => [403, 415].includes(status));
});

it('takes no key out of an address, and no wrong one, and lets each key do what its scope says', async () => {
  const key = keyOf('full');
  const scopes = { read: keyOf('read'), webhook: keyOf('webhook') };
  const closed = door.ways.filter((way) => !isOpen(way));
  const strangers = closed.flatMap(({ method, path, isInbound }): Asked[] => [
    { method, path },
    // Servers that can send nothing else may show theirs there, under one name.
    { method, path: `${path}?apikey=${key}&key=${key}${isInbound ? '' : `&token=${key}`}` },
    { method, path, headers: { Authorization: `Bearer tonearm_${'A'.repeat(43)}` } },
    { method, path, headers: { 'X-Api-Key': `${key}x`, Cookie: sessionCookie() } },
  ]);
  await all('without a key, with a wrong one, or with one in the address', strangers, ({ status }) => status === 401);
  const TOO_LITTLE = { read: ['webhook'], webhook: ['read'], full: ['read', 'webhook'] } as const;
  const limited = closed.flatMap(({ method, path, route }) =>
    TOO_LITTLE[route.procedure.access as 'read' | 'webhook' | 'full'].map((scope) => ({
      method,
      path,
      headers: { 'X-Api-Key': scopes[scope] },
    })),
  );
  await all('a key of another scope', limited, ({ status }) => status === 403);
  const open = new Set(door.ways.filter(isOpen).map(({ route }) => route.name));
  expect([...open].sort()).toEqual([
    ...['auth.login', 'auth.passkeyLogin', 'auth.passkeyOptions', 'auth.redeem', 'auth.state'],
    ...['health.health', 'health.info'],
  ]);
});

it('tells no other site anything, asked before or not', async () => {
  const asked = [...new Set(door.ways.map(({ path }) => path)), '/', '/docs', STREAM].flatMap((path): Asked[] => [
    { method: 'OPTIONS', path, headers: { Origin: EVIL, 'Access-Control-Request-Method': 'POST' } },
    { method: 'GET', path, headers: { Origin: EVIL } },
  ]);
  const isSilent = ({ headers }: Received) => !Object.keys(headers).some((name) => name.startsWith('access-control-'));
  await all('another origin: no CORS header', asked, isSilent);
});

it('refuses bodies that are too large, too deep, ambiguous, dangerous, packed or of another kind', async () => {
  const json = { ...full, 'Content-Type': 'application/json' };
  const deep = `{"a":${'['.repeat(40)}${']'.repeat(40)}}`;
  const bodies = ({ route }: WayIn) => [
    { body: `"${'a'.repeat(route.procedure.maxJsonBytes ?? 256 * 1024)}"`, headers: json, status: 413 },
    { body: deep, headers: json, status: 400 },
    { body: '{"a":1,"a":2}', headers: json, status: 400 },
    { body: '{"a":1,"\\u0061":2}', headers: json, status: 400 },
    { body: '{"__proto__":{"isAdmin":true}}', headers: json, status: 400 },
    { body: '{"a":{"constructor":{}}}', headers: json, status: 400 },
    { body: '{"a":', headers: json, status: 400 },
    { body: '[]', headers: json, status: 400 },
    { body: '{}', headers: { ...json, 'Content-Encoding': 'gzip' }, status: 415 },
    { body: 'a=1', headers: { ...full, 'Content-Type': 'application/x-www-form-urlencoded' }, status: 415 },
    { body: '{}', headers: { ...full, 'Content-Type': 'text/plain' }, status: 415 },
  ];
  const asked = door.ways
    .filter((way) => changes(way) && !way.isInbound)
    .flatMap((way) => bodies(way).map((each) => ({ ...each, method: way.method, path: way.path })));
  // The connection may end before what was refused by its size is sent.
  const isRight = ({ status }: Received, asked: { status: number }) =>
    status === asked.status || (asked.status === 413 && status === 0);
  await all('oversized, deep, ambiguous, dangerous, packed and other bodies', asked, isRight);
});

it('gives no part of any file of the library, by path or in ranges', async () => {
  const asked = door.ways
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => ({ method: 'GET', path, headers: { ...full, Range: 'bytes=0-3' } }));
  const isRight = ({ status, headers, text }: Received) => status !== 206 && !headers.etag && !text.startsWith('RIFF');
  await all('ranges of whatever can be read', asked, isRight);
});

it('does not open to other machines without a password', async () => {
  const { app } = door;
  const parts = { ...app, version: '1', port: 0 };
  const addresses = ['0.0.0.0', '::', '192.0.2.1'];
  for (const listen of addresses)
    await expect(createHttpServer({ ...parts, listen }).listen()).rejects.toThrow('nom password set');
  record('other machines without a password', addresses.length, addresses.length);
});

it('lets go of clients whose heads or bodies never come to their end, and answers others meanwhile', async () => {
  const { app } = door;
  const patience = { headersMs: 300, requestMs: 600, checkMs: 50 };
  const parts = { ...app, version: '1', port: 0 };
  const server = createHttpServer({ ...parts, timeouts: patience });
  const { port } = await server.listen();
  const head = (line: string, ...more: string[]) => [line, `Host: 127.0.0.1:${port}`, ...more].join('\r\n');
  const half = head('GET /health HTTP/1.1', 'X-A: a');
  const lines = [`Authorization: ${full.Authorization}`, 'Content-Type: application/json', 'Content-Length: 9'];
  const bodyless = `${head('POST /api/v1/tag HTTP/1.1', ...lines)}\r\n\r\n{"path"`;
  const slow = Array.from({ length: 100 }, (_, at) => door.say(at % 2 ? half : bodyless, port).ended);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  const ends = await Promise.all(slow);
  await server.close();
  const right = ends.filter((text) => text.startsWith('HTTP/1.1 408 ')).length;
  record('clients that never finish', ends.length, right);
  expect(right).toBe(ends.length);
});

it('answers or refuses each of a thousand connections at once, and everyone after them', async () => {
  const text = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nConnection: close\r\n\r\n`;
  const ends = await Promise.all(Array.from({ length: 1000 }, () => door.say(text).ended));
  const answered = ends.filter((end) => end.startsWith('HTTP/1.1 200 ') && end.endsWith('}')).length;
  const refused = ends.filter((end) => end === '').length;
  record('connections at once', ends.length, answered + refused, `${answered} answered`);
  expect(answered + refused).toBe(1000);
  expect(answered).toBeGreaterThan(0);
  const { status } = await door.ask({ method: 'GET', path: '/health' });
  expect(status).toBe(200);
});

it('follows no server that sends on to another address, however that is written', async () => {
  let hits = 0;
  const target = createServer((_request, response) => {
    hits += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const { port } = target.address() as AddressInfo;
  const places = [
    '127.0.0.1',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0177.0.0.1',
    '0x7f.1',
    'localhost',
    '169.254.169.254',
  ];
  let location = '';
  const server = createServer((_request, response) => response.writeHead(302, { Location: location }).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const headers = { ...full, 'Content-Type': 'application/json' };
  for (const kind of ['navidrome', 'lidarr']) {
    const body = JSON.stringify({ kind, name: `${kind} 2`, url, username: 'a', secret: 'b-secret-word' });
    const { id } = JSON.parse((await door.ask({ method: 'POST', path: '/api/web/connections', headers, body })).text);
    for (const place of places) {
      location = `http://${place}:${port}/`;
      const { text } = await door.ask({ method: 'POST', path: `/api/web/connections/${id}/test`, headers, body: '{}' });
      expect(JSON.parse(text).state, `${place}: ${text}`).not.toBe('ok');
    }
  }
  target.close();
  server.close();
  record('servers that send on to other addresses', 2 * places.length, 2 * places.length - hits);
  expect(hits).toBe(0);
});

it('refuses the fifth stream of one key and the seventeenth of all, and drops a listener that does not read', async () => {
  const keys = Array.from({ length: 5 }, () => keyOf('read'));
  const listen = async (key: string) =>
    (await door.ask({ method: 'GET', path: STREAM, headers: { 'X-Api-Key': key } })).status;
  const statuses: number[] = [];
  for (const key of keys.slice(0, 4)) for (let at = 0; at < 4; at += 1) statuses.push(await listen(key));
  expect(statuses).toEqual(Array(16).fill(200));
  expect([await listen(keys[0]), await listen(keys[4])]).toEqual([429, 429]);
  const ids = Array.from({ length: 500 }, (_, at) => at + 1_000_000_000);
  let status = 429;
  for (let round = 0; round < 500 && status !== 200; round += 1) {
    for (let at = 0; at < 80; at += 1) door.app.events.emit('tracks.changed', { ids });
    status = await listen(keys[4]);
  }
  expect(status).toBe(200);
  record('streams: 16 open, the fifth of a key and the 17th refused, the slow dropped', 19, 19);
  door.letGo();
});

it('refuses the sixth password in a minute, the right one too', async () => {
  await door.app.auth.passwords.set('correct horse battery');
  const login = (password: string) => {
    const body = JSON.stringify({ password });
    const headers = { 'Content-Type': 'application/json' };
    return door.ask({ method: 'POST', path: '/api/web/auth/login', headers, body });
  };
  const reported = await Promise.all(Array.from({ length: 8 }, (_, at) => login(`wrong horse ${at}`)));
  const statuses = reported.map(({ status }) => status).sort();
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  expect((await login('correct horse battery')).status).toBe(429);
  record('passwords in a minute, from the sixth on refused', 9, 9);
});

it('is healthy after all of that, and its log tells no secret', async () => {
  expect((await door.ask({ method: 'GET', path: '/health' })).status).toBe(200);
  const logged = await door.close();
  const shown = [...secrets, ...door.secrets, 'b-secret-word', 'correct horse', 'wrong horse'];
  const reported = shown.filter((secret) => logged.includes(secret));
  record('secrets looked for in the log of this run', shown.length, shown.length - reported.length);
  expect(reported).toEqual([]);
  expect(logged).not.toContain('"level":60');
});
