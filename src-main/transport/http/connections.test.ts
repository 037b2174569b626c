import { request } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server';

const TIMEOUTS = { headersMs: 300, requestMs: 600, checkMs: 50 };

let server: TestServer;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.server.close();
});

/** A connection that says only what it is told to; `text` is what came back, `ended` that the server let go. */
function connect(localAddress?: string) {
  const socket = createConnection({ port: server.port, host: '127.0.0.1', localAddress });
  sockets.push(socket);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  socket.on('error', () => {});
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  return { socket, ended, text: () => text };
}

const head = (path: string, ...more: string[]) =>
  [`${path} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, ...more, '', ''].join('\r\n');

/** Says one letter after the other until the server has enough. */
async function drip(socket: Socket, text: string): Promise<void> {
  for (const letter of text) {
    if (socket.destroyed) return;
    socket.write(letter);
    await setTimeout(20);
  }
}

it('answers while a thousand connections that say nothing are open', async () => {
  server = await startTestServer();
  const opened = Array.from({ length: 1000 }, () => connect());
  const ended: string[] = [];
  for (const { ended: end } of opened) void end.then((text) => ended.push(text));
  await Promise.all(opened.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
  for (let at = 0; at < 5; at += 1) expect((await server.get('/health')).status).toBe(200);
  expect(ended.length).toBeGreaterThan(700);
  expect(opened.filter(({ socket }) => !socket.destroyed).length).toBeGreaterThan(200);
});

it('answers while hundreds send half of a body, each with a key that it made up', async () => {
  server = await startTestServer();
  const half = Array.from({ length: 300 }, (_, at) => {
    const one = connect();
    const more = [`X-Api-Key: made-up-${at}`, 'Content-Type: application/json', 'Content-Length: 200000'];
    one.socket.write(`${head('POST /api/v1/tag', ...more)}{"a":"`);
    return one;
  });
  await Promise.all(half.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
  for (let at = 0; at < 5; at += 1)
    expect((await server.get('/health', { 'X-Api-Key': server.key() })).status).toBe(200);
});

it('lets one address open 64 connections, and others as before', async () => {
  server = await startTestServer();
  const far = Array.from({ length: 100 }, () => connect('127.0.0.2'));
  await Promise.all(far.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
  await expect.poll(() => far.filter(({ socket }) => !socket.destroyed).length).toBe(64);
  expect((await server.get('/health')).status).toBe(200);
});

it('takes the place of none that is being answered', async () => {
  server = await startTestServer();
  const key = server.key();
  const streams = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const stream = connect();
      stream.socket.write(head('GET /api/web/events/status', `X-Api-Key: ${key}`));
      await new Promise((resolve) => stream.socket.once('data', resolve));
      return stream;
    }),
  );
  const idle = Array.from({ length: 400 }, () => connect());
  await Promise.all(idle.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
  expect((await server.get('/health')).status).toBe(200);
  server.events.emit('tracks.changed', { ids: [77] });
  await expect.poll(() => streams.every(({ text }) => text().includes('[77]'))).toBe(true);
});

it('lets go of a client whose headers or body only drip in', async () => {
  server = await startTestServer({ timeouts: TIMEOUTS });
  const slowHead = connect();
  const slowBody = connect();
  const key = server.key('webhook');
  slowBody.socket.write(
    head('POST /api/v1/tag', `X-Api-Key: ${key}`, 'Content-Type: application/json', 'Content-Length: 500'),
  );
  await Promise.all([
    drip(slowHead.socket, head('GET /health', `X-A: ${'a'.repeat(500)}`)),
    drip(slowBody.socket, `{"path":"${'a'.repeat(480)}`),
  ]);
  expect(await slowHead.ended).toMatch(/^HTTP\/1.1 408 /);
  expect(await slowBody.ended).toMatch(/^HTTP\/1.1 408 /);
});

it('refuses heads that are too large, and more than one reading of where a body ends', async () => {
  server = await startTestServer();
  const status = async (text: string) => {
    const { socket, ended } = connect();
    socket.write(text);
    return Number((await ended).split(' ')[1]);
  };
  const own = { 'X-Api-Key': server.key('webhook'), 'Content-Type': 'application/json' };
  const lines = Object.entries(own).map(([name, value]) => `${name}: ${value}`);
  const close = 'Connection: close';
  expect(await status(head('GET /health', `X-A: ${'a'.repeat(20_000)}`))).toBe(431);
  expect(await status(head(`GET /${'a'.repeat(20_000)}`))).toBe(431);
  const twoEnds = [...lines, 'Content-Length: 5', 'Transfer-Encoding: chunked', close];
  expect(await status(`${head('POST /api/v1/tag', ...twoEnds)}0\r\n\r\n`)).toBe(400);
  expect(await status(`${head('POST /api/v1/tag', ...lines, 'Content-Length: 1', 'Content-Length: 2')}{}`)).toBe(400);
  expect(await status(head('GET /health', 'X-A: a\nX-B: b\0'))).toBe(400);
  expect(await status('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03')).toBe(400);
});

it('refuses a body that is larger than it said it would be, or never says', async () => {
  server = await startTestServer();
  const key = server.key('webhook');
  const { socket, ended } = connect();
  const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`;
  socket.write(
    head('POST /api/v1/tag', `X-Api-Key: ${key}`, 'Content-Type: application/json', 'Transfer-Encoding: chunked'),
  );
  for (let sent = 0; sent < 20; sent += 1) socket.write(chunk);
  socket.end('0\r\n\r\n');
  expect(await ended).toMatch(/^HTTP\/1.1 413 /);
  expect((await server.get('/health')).status).toBe(200);
});

it('refuses compressed bodies, whatever they are compressed with and wherever they are sent', async () => {
  server = await startTestServer();
  const key = server.key();
  const bomb = gzipSync(`{"path":"${'a'.repeat(1_000_000)}"}`);
  for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, identity'])
    for (const path of ['/api/v1/tag', '/api/v1/webhooks/inbound/things/7', '/api/web/things/upload'])
      expect(await post(path, bomb, { 'X-Api-Key': key, 'Content-Encoding': encoding }), `${encoding} ${path}`).toBe(
        415,
      );
});

/** The status alone; fetch would not send these headers. */
function post(path: string, body: Buffer, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const all = { 'Content-Type': 'application/json', ...headers };
    const sent = request({ host: '127.0.0.1', port: server.port, path, method: 'POST', headers: all }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

it('answers requests that come in one go in their order, and a client that has nothing more to say', async () => {
  server = await startTestServer();
  const { socket, ended } = connect();
  const paths = ['/health', '/nothing', '/health', '/api/web/things/1'];
  socket.end(paths.map((path) => head(`GET ${path}`)).join(''));
  const statuses = [...(await ended).matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => Number(status));
  expect(statuses).toEqual([200, 404, 200, 401]);
});

it('stays well when clients leave in the middle of everything', async () => {
  server = await startTestServer();
  const key = server.key();
  for (let at = 0; at < 30; at += 1) {
    const { socket } = connect();
    const request = head(
      'POST /api/v1/tag',
      `X-Api-Key: ${key}`,
      'Content-Type: application/json',
      'Content-Length: 99',
    );
    socket.write(request.slice(0, 20 + at * 7));
    await setTimeout(5);
    if (at % 2) socket.resetAndDestroy();
    else socket.destroy();
  }
  expect((await server.get('/health')).status).toBe(200);
  expect(server.logged.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
});

it('lets two large bodies of one key be read at a time, so that the others of it wait and those of other keys do not', async () => {
  server = await startTestServer();
  const [slow, other] = [server.key('webhook'), server.key('webhook')];
  const LENGTH = 100_000;
  const send = (key: string) => {
    const one = connect();
    const more = [`X-Api-Key: ${key}`, `Content-Length: ${LENGTH}`, 'Connection: close'];
    one.socket.write(head('POST /api/v1/webhooks/inbound/things/7', ...more));
    return one;
  };
  const held = [send(slow), send(slow)];
  // They have their places once a later request of the same connections' server was answered.
  expect((await server.get('/health')).status).toBe(200);
  const waiting = send(slow);
  waiting.socket.write('x'.repeat(LENGTH));
  const free = send(other);
  free.socket.write('x'.repeat(LENGTH));
  expect(await free.ended).toContain('"bytes":100000');
  expect(waiting.text()).toBe('');
  held[0].socket.destroy();
  expect(await waiting.ended).toContain('"bytes":100000');
});

it('refuses a body by the length that it claims, without waiting for it', async () => {
  server = await startTestServer();
  const { socket, ended } = connect();
  const more = [`X-Api-Key: ${server.key('webhook')}`, `Content-Length: ${2 ** 21}`, 'Connection: close'];
  socket.write(`${head('POST /api/v1/webhooks/inbound/things/7', ...more)}xxxx`);
  expect(await ended).toContain('413');
});
