import { PassThrough } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { contract } from '../../app/contract';
import type { BatchSummary } from '../../jobs/queue/contract';
import { startTestServer, type TestServer } from '../http/test-server';
import { asCalled, createOutput, table } from './terminal/output';
import { reconcile } from './terminal/progress';
import { reach, requestFor } from './terminal/remote';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.server.close();
  server = undefined;
});

it('makes a request of a call: parts of the path, then query or body', () => {
  expect(requestFor(contract.queue.get, { job_id: 7 })).toEqual({ method: 'GET', path: '/api/web/queue/status/7' });
  expect(requestFor(contract.queue.list, { limit: 5, status: undefined })).toEqual({
    method: 'GET',
    path: '/api/web/queue/list?limit=5',
  });
  expect(requestFor(contract.libraries.scan, { id: 2, force: true })).toEqual({
    method: 'POST',
    path: '/api/web/libraries/2/scan',
    body: '{"force":true}',
  });
});

it('talks to a running application with the secret of its instance file, and passes its failures on', async () => {
  server = await startTestServer();
  const { port, auth } = server;
  const running = await reach({ port, pid: 1, token: auth.localToken, version: '1.2.3' });
  const { key } = await running!.api.auth.createKey({ name: 'x', scope: 'read' });
  expect(auth.identify(key)?.scope).toBe('read');
  await expect(running!.api.auth.setPassword({ password: 'short' })).rejects.toMatchObject({
    code: 'invalid_input',
    message: 'password: at least 8 characters',
  });
});

it('takes no application for running whose file is old, or whose port another program has', async () => {
  server = await startTestServer();
  const { port } = server;
  expect(await reach({ port, pid: 1, token: 'tonearm_of_another_run', version: '1' })).toBeUndefined();
  await server.server.close();
  expect(await reach({ port, pid: 1, token: server.auth.localToken, version: '1' })).toBeUndefined();
});

it('accounts for every file in one sentence', () => {
  const batch: BatchSummary = {
    id: 1,
    title: 'Albums',
    source: 'cli',
    created_at: '',
    found: 12,
    done: 10,
    pending: 0,
    running: 0,
    skipped: [{ reason: 'too_short', count: 1 }],
    failed: [{ reason: 'unreadable_audio', count: 1 }],
  };
  expect(reconcile(batch)).toBe('found 12 = 10 written + 1 skipped (too short) + 1 failed (unreadable audio)');
  const busy = { ...batch, done: 6, pending: 4, skipped: [], failed: [...batch.failed, { reason: 'x', count: 1 }] };
  expect(reconcile(busy, 'analyzed')).toBe(
    'found 12 = 6 analyzed + 2 failed (1 unreadable audio, 1 x) + 4 still queued',
  );
});

function aStream(isTTY: boolean) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY });
  return { stream: stream as unknown as NodeJS.WriteStream, written: () => String(stream.read()) };
}

it('gives a terminal no control character of a file name, and other programs every byte of it', () => {
  const name = 'a\x1b[2J\nb\x9bK\u202e.mp3';
  const [screen, remarks, pipe] = [aStream(true), aStream(true), aStream(false)];
  const onScreen = createOutput(false, screen.stream, remarks.stream);
  onScreen.answer(name, () => [name]);
  onScreen.note(name);
  const shown = 'a\\u001b[2J\\nb\\u009bK\\u202e.mp3\n';
  expect([screen.written(), remarks.written()]).toEqual([shown, shown]);
  createOutput(true, screen.stream, remarks.stream).answer(name, () => []);
  const json = screen.written();
  expect(json).not.toMatch(/[\x1b\x9b\u202e]/);
  expect(JSON.parse(json)).toBe(name);
  createOutput(false, pipe.stream, remarks.stream).answer(name, () => [name]);
  expect(pipe.written()).toBe(`${name}\n`);
});

it('names commands as they are called here, so that they work where they are read', () => {
  const said = 'It waits. "nom undo --run 1" puts it back; add its folder: nom libraries add FOLDER; no nom tags';
  expect(asCalled(said, './nom')).toBe(
    'It waits. "./nom undo --run 1" puts it back; add its folder: ./nom libraries add FOLDER; no nom tags',
  );
  expect(asCalled(said, 'nom')).toBe(said);
});

it('lines up columns', () => {
  expect(
    table(
      ['ID', 'NAME'],
      [
        [1, 'a'],
        [100, null],
      ],
    ),
  ).toEqual(['ID   NAME', '1    a', '100']);
});
