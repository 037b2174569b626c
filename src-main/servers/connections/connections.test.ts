import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { EVENTS } from '../../app/contract';
import { openDatabase } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { createSecretBox, randomKey } from '../../platform/sealing';
import { createConnections } from './connections';
import { createHttpClient } from './http-client';
import { CommonOptions, type ConnectionKind } from './kind';
import { providerFailure } from './provider-failure';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function setUp({
  test = async () => ({ version: '1.0', warnings: [] }),
}: Partial<{ test: ConnectionKind['test'] }> = {}) {
  const db = openDatabase(':memory:');
  const events = createEventBus(EVENTS);
  const kind: ConnectionKind = {
    kind: 'navidrome',
    title: 'Navidrome',
    summary: '',
    urlExample: '',
    fields: [],
    options: CommonOptions.extend({ pace: z.number().default(2) }),
    test,
  };
  const secretBox = createSecretBox(db, randomKey());
  const kinds = { navidrome: kind };
  const connections = createConnections({ db, events, clock: () => new Date(0), secretBox, kinds });
  return { db, events, connections };
}

const NAVIDROME = {
  kind: 'navidrome',
  url: 'http://music.lan:4533/',
  username: 'ada',
  secret: 'correct horse',
} as const;

it('keeps a password sealed, tells only that there is one, and opens it for those who talk to the server', () => {
  const { db, connections } = setUp();
  const added = connections.add(NAVIDROME);
  expect(added).toMatchObject({ name: 'Navidrome', url: 'http://music.lan:4533', hasSecret: true, state: 'unchecked' });
  expect(JSON.stringify(connections.list())).not.toContain('correct horse');
  expect(db.serialize().includes('correct horse')).toBe(false);
  expect(connections.open(added.id).secret).toBe('correct horse');
});

it('changes what is named and leaves the rest, options too', () => {
  const { connections } = setUp();
  const { id } = connections.add({ ...NAVIDROME, options: { pace: 5 } });
  const changed = connections.update(id, { name: 'Living room', options: { skipTlsVerify: true } });
  expect(changed).toMatchObject({ name: 'Living room', options: { pace: 5, skipTlsVerify: true }, hasSecret: true });
  expect(connections.open(id).secret).toBe('correct horse');
  expect(() => connections.update(id, { options: { pace: 'fast' } })).toThrow(/^pace: /);
  expect(connections.update(id, { secret: '' }).hasSecret).toBe(false);
});

it('asks for the password again before it is sent to another host', () => {
  const { connections } = setUp();
  const { id } = connections.add(NAVIDROME);
  expect(() => connections.update(id, { url: 'http://elsewhere.example' })).toThrow(/another server/);
  expect(connections.update(id, { url: 'http://music.lan:4533/music' }).url).toBe('http://music.lan:4533/music');
  expect(connections.update(id, { url: 'http://elsewhere.example', secret: 'new' }).hasSecret).toBe(true);
});

it('refuses addresses that cannot be a server and names that are taken', () => {
  const { connections } = setUp();
  for (const url of [
    'music.lan:4533',
    'ftp://music.lan',
    'http://ada:secret@music.lan',
    'http://music.lan/?a=b',
    'http://',
  ])
    expect(() => connections.add({ ...NAVIDROME, url }), url).toThrow(/The address/);
  connections.add({ ...NAVIDROME, name: 'Music' });
  expect(() => connections.add({ ...NAVIDROME, name: 'MUSIC' })).toThrow(/called/);
});

it('keeps what a test found as the state: the version, or why it fails', async () => {
  let isUp = true;
  const { connections, events } = setUp({
    test: async () => {
      if (!isUp) throw providerFailure('unreachable', 'It is away.');
      return { version: '0.58.0', warnings: ['Look at this.'] };
    },
  });
  const reported: number[] = [];
  events.on('connections.changed', ({ ids }) => reported.push(...ids));
  const { id } = connections.add(NAVIDROME);
  expect(await connections.test(id)).toMatchObject({ state: 'ok', version: '0.58.0', warnings: ['Look at this.'] });
  isUp = false;
  expect(await connections.test(id)).toMatchObject({
    state: 'failing',
    stateMessage: 'It is away.',
    version: '0.58.0',
  });
  await connections.use(id, async () => 'an answer');
  expect(connections.get(id)).toMatchObject({ state: 'ok', stateMessage: null });
  expect(reported).toEqual([id, id, id, id]);
  connections.update(id, { isEnabled: false });
  await expect(connections.use(id, async () => 'an answer')).rejects.toThrow(/switched off/);
});

async function clientOf(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const waits: number[] = [];
  const clock = {
    now: () => 0,
    after(ms: number, call: () => void) {
      waits.push(ms);
      queueMicrotask(call);
      return () => {};
    },
  };
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = createHttpClient({ baseUrl, product: 'Player', clock });
  closing.push(
    () => http.close(),
    () => server.close(),
  );
  return { http, waits, baseUrl, server };
}

it('asks again twice when a server fails and asking is safe, and never when it is not', async () => {
  let asked = 0;
  const { http, waits } = await clientOf((_request, response) => {
    asked++;
    response.writeHead(asked < 3 ? 503 : 200, { 'Content-Type': 'application/json' }).end('{"ok":true}');
  });
  expect((await http.send({ path: '/a' })).json).toEqual({ ok: true });
  expect([asked, waits]).toEqual([3, [500, 2000]]);
  asked = 0;
  await expect(http.send({ method: 'POST', path: '/a', json: {} })).rejects.toThrow(
    'Player answered with an error (503)',
  );
  expect(asked).toBe(1);
});

it('says what is wrong with a server in a sentence, and follows no redirect', async () => {
  const { http, baseUrl, server } = await clientOf((request, response) => {
    if (request.url === '/login') response.writeHead(401).end();
    else if (request.url === '/moved') response.writeHead(302, { Location: 'https://login.example/x' }).end();
    else if (request.url === '/long') response.end(JSON.stringify('x'.repeat(5000)));
    else response.end('<html>');
  });
  await expect(http.send({ path: '/login' })).rejects.toThrow(/refuses the login/);
  await expect(http.send({ path: '/moved' })).rejects.toThrow(/sends on to https:\/\/login\.example/);
  await expect(http.send({ path: '/long', maxBytes: 1000 })).rejects.toThrow(/sent more than/);
  await expect(http.send({ path: '/page' })).rejects.toThrow(/is not Player/);
  const overTls = createHttpClient({ baseUrl: baseUrl.replace('http:', 'https:'), product: 'Player' });
  closing.push(() => overTls.close());
  await expect(overTls.send({ method: 'POST', path: '/', json: {} })).rejects.toThrow(/Try the address with http:/);
  http.close();
  server.close();
  server.closeAllConnections();
  await expect(http.send({ path: '/' })).rejects.toThrow(/nothing listens there/);
});

it('ends a call that is cancelled or takes too long', async () => {
  const { http, server } = await clientOf(() => {});
  closing.push(() => server.closeAllConnections());
  await expect(http.send({ path: '/', timeoutMs: 20 })).rejects.toThrow(/did not answer in time/);
  const gone = new AbortController();
  const call = http.send({ path: '/', signal: gone.signal });
  gone.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
});

it('does not send anew what a server has begun to answer, on a connection that it kept', async () => {
  let asked = 0;
  const { http } = await clientOf((request, response) => {
    asked++;
    request.resume();
    if (asked === 1) return void response.end('{}');
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('{', () => response.socket?.resetAndDestroy());
  });
  await http.send({ method: 'POST', path: '/make', json: {} });
  await expect(http.send({ method: 'POST', path: '/make', json: {} })).rejects.toThrow();
  expect(asked).toBe(2);
});
