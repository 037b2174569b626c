import { createConnection } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../test-server';
import { isWanted } from './event-names';
import type { StreamEvent } from './event-stream';

const PATH = '/api/web/events/status';

let server: TestServer;
const open: AbortController[] = [];
const start = async (...args: Parameters<typeof startTestServer>) => {
  server = await startTestServer(...args);
  return server;
};
afterEach(async () => {
  for (const controller of open.splice(0)) controller.abort();
  await server.server.close();
});

/** A listener that can be asked for the text until it contains something. */
async function listen(headers: Record<string, string>, query = '') {
  const controller = new AbortController();
  open.push(controller);
  const response = await fetch(server.base + PATH + query, { headers, signal: controller.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: response.status,
    headers: response.headers,
    until: async (part: string) => {
      while (!text.includes(part)) {
        const { value, done } = await reader.read();
        if (done) break;
        text += value;
      }
      return text;
    },
    leave: () => controller.abort(),
  };
}

const aJob = {
  kind: 'tag',
  path: '/a.mp3',
  error: null,
  reason: null,
  phase: null,
  phase_label: null,
  progress: 0,
} as const;

it('tells the state first and then every change, under the names of the documents', async () => {
  const health: StreamEvent = { name: 'health.changed', payload: { status: 'healthy', errors: [] } };
  const { events, key } = await start({ snapshot: () => [health] });
  const worker = { component: 'worker:tag:0', status: 'healthy', pid: 7, current_job: null } as const;
  events.emit('worker.changed', worker);
  const stream = await listen({ Authorization: `Bearer ${key('read')}` });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  expect(stream.headers.get('cache-control')).toBe('no-store');
  const first = await stream.until('worker:tag:0:status');
  expect(first).toMatch(/^retry: 3000\n\nid: \d+\nevent: system:health\ndata: {"status":"healthy","errors":\[\]}\n\n/);
  events.emit('job.changed', { ...aJob, id: 1, status: 'done' });
  events.emit('tracks.changed', { ids: [5] });
  const text = await stream.until('tracks:changed');
  expect(text).toContain('event: queue:jobs\ndata: {"kind":"tag","path":"/a.mp3"');
  expect(text).not.toContain('queue_update');
});

it('adds the old names for a client that asks for them, and leaves out topics that nobody asked for', async () => {
  const { events, key } = await start();
  const stream = await listen({ 'X-Api-Key': key() }, '?legacy=1&topics=queue:*');
  events.emit('tracks.changed', { ids: [5] });
  events.emit('job.changed', { ...aJob, id: 1, status: 'done' });
  const text = await stream.until('processing_update');
  expect(text).toContain('event: connected');
  expect(text).toContain('event: queue:jobs');
  expect(text).not.toContain('tracks:changed');
});

it('brings what was missed to a client that comes back, and says resync when that is too long ago', async () => {
  const { events, key } = await start();
  const headers = { 'X-Api-Key': key() };
  const stream = await listen(headers);
  events.emit('tracks.changed', { ids: [1] });
  const id = /id: (\d+)\nevent: tracks/.exec(await stream.until('tracks:changed'))![1];
  stream.leave();
  events.emit('tracks.changed', { ids: [2] });
  events.emit('tracks.changed', { ids: [3] });
  const again = await listen({ ...headers, 'Last-Event-ID': id });
  const missed = await again.until('[3]');
  expect(missed).toContain('[2]');
  expect(missed).not.toContain('[1]');
  for (let i = 0; i < 1001; i += 1) events.emit('tracks.changed', { ids: [9] });
  expect(await (await listen({ ...headers, 'Last-Event-ID': id })).until('resync')).toContain('event: resync');
});

it('thins out progress, but tells the newest and every end', async () => {
  const { events, key } = await start();
  const stream = await listen({ 'X-Api-Key': key() });
  for (let i = 1; i <= 50; i += 1) events.emit('job.changed', { ...aJob, id: 1, status: 'running', progress: i / 50 });
  const text = await stream.until('"progress":1,');
  expect(text.match(/event: queue:jobs/g)).toHaveLength(2);
  events.emit('job.changed', { ...aJob, id: 1, status: 'running', progress: 0.5 });
  events.emit('job.changed', { ...aJob, id: 1, status: 'done', progress: 1 });
  expect(await stream.until('"status":"done"')).not.toContain('0.5');
});

it('opens with a ticket once, within half a minute, for the topics it was made for', async () => {
  const { events, post, key, passTime } = await start();
  const ticketFor = async (topics: string[]) => {
    const response = await post('/api/events/ticket', { topics }, { 'X-Api-Key': key('read') });
    return ((await response.json()) as { ticket: string }).ticket;
  };
  const ticket = await ticketFor(['queue:jobs']);
  const stream = await listen({}, `?ticket=${ticket}`);
  events.emit('tracks.changed', { ids: [1] });
  events.emit('job.changed', { ...aJob, id: 1, status: 'done' });
  expect(await stream.until('queue:jobs')).not.toContain('tracks:changed');
  expect((await listen({}, `?ticket=${ticket}`)).status).toBe(401);
  const late = await ticketFor([]);
  passTime(31_000);
  expect((await listen({}, `?ticket=${late}`)).status).toBe(401);
  expect(server.logged.join('')).not.toContain(ticket);
});

it('refuses the fifth stream of one credential and the seventeenth of all', async () => {
  const { key } = await start();
  for (let who = 0; who < 4; who += 1) {
    const headers = { 'X-Api-Key': key() };
    for (let i = 0; i < 4; i += 1) expect((await listen(headers)).status).toBe(200);
    if (who === 0) expect((await listen(headers)).status).toBe(429);
  }
  expect((await listen({ 'X-Api-Key': key() })).status).toBe(429);
});

it('drops a listener that does not read', async () => {
  const { events, key, port, logged } = await start();
  const socket = createConnection({ port, host: '127.0.0.1' });
  socket.write(`GET ${PATH} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Api-Key: ${key()}\r\n\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.pause();
  const wasDropped = () => logged.some((line) => line.includes('too slow'));
  const ids = Array.from({ length: 500 }, (_, i) => i + 1_000_000_000);
  for (let i = 0; i < 20_000 && !wasDropped(); i += 1) {
    events.emit('tracks.changed', { ids });
    // Lets the bytes move on into the system's buffers.
    if (i % 50 === 0) await setTimeout(0);
  }
  expect(wasDropped()).toBe(true);
  socket.destroy();
});

it('ends the stream of a key that was revoked, whatever happens in the same moment', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const { auth, events, key } = await start();
    const stream = await listen({ 'X-Api-Key': key() });
    await stream.until('retry');
    for (const { id } of auth.keys.list()) auth.keys.revoke(id);
    vi.advanceTimersByTime(20_000);
    events.emit('tracks.changed', { ids: [1] });
    expect(await stream.until('tracks:changed')).not.toContain('tracks:changed');
  } finally {
    vi.useRealTimers();
  }
});

it('opens no stream with the ticket of a key that was revoked since', async () => {
  const { auth, post, key } = await start();
  const response = await post('/api/events/ticket', {}, { 'X-Api-Key': key('read') });
  const { ticket } = (await response.json()) as { ticket: string };
  for (const { id } of auth.keys.list()) auth.keys.revoke(id);
  expect((await listen({}, `?ticket=${ticket}`)).status).toBe(401);
});

it.each([
  ['queue:*', 'queue:jobs', true],
  ['*:status', 'worker:tag:0:status', true],
  ['worker:*:status', 'worker:tag:0:status', true],
  ['worker:*:*:status', 'worker:tag:0:status', true],
  ['*', 'queue:jobs', true],
  ['queue:jobs', 'queue:jobs', true],
  ['queue.jobs', 'queue:jobs', false],
  ['queue:jobs*jobs', 'queue:jobs', false],
  ['*:jobs:*', 'queue:jobs', false],
  ['queue', 'queue:jobs', false],
])('takes %s as a wish for %s: %s', (wanted, topic, isCovered) => {
  expect(isWanted([wanted], topic)).toBe(isCovered);
});

it('is not kept busy by a topic of nothing but stars', () => {
  const began = process.cpuUsage();
  expect(isWanted([`${'*'.repeat(14)}!`], 'worker:tag:0:status')).toBe(false);
  expect(process.cpuUsage(began).user).toBeLessThan(1_000_000);
});
