import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { findPaths } from '../platform/paths/paths';
import { createNodeHost } from '../platform/worker-process';
import { type App, type AppHost, createApp } from './app';
import type { Events } from './contract';
import { encodeWav, renderPiece } from './demo';
import { workerPrograms } from './worker-programs';

const home = mkdtempSync(join(tmpdir(), 'tonearm-app-'));
const music = join(home, 'music');
let app: App | undefined;

afterEach(async () => {
  await app?.stop();
  app = undefined;
  rmSync(music, { recursive: true, force: true });
});

async function anApp(host: Partial<AppHost> = {}): Promise<App> {
  const paths = findPaths({ data: join(home, 'data'), models: [] });
  app = await createApp(paths, { workers: createNodeHost(workerPrograms(paths)), ...host });
  return app;
}

async function call<T>(name: string, input: unknown = {}): Promise<T> {
  const outcome = await app!.routes.find((route) => route.name === name)!.call(input, { transport: 'cli' });
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error.message}`);
  return outcome.value as T;
}

/** Resolves when the queue is empty. */
function queueEmpty(): Promise<void> {
  return new Promise((resolve) => {
    const look = ({ pending, running }: Events['queue.status']) => pending + running === 0 && resolve();
    app!.events.on('queue.status', look);
  });
}

async function aPiece(name: string, seed: number): Promise<string> {
  await mkdir(music, { recursive: true });
  const file = join(music, name);
  const piece = { style: 'house', bpm: 124, key: 'A', scale: 'minor', seconds: 12, sampleRate: 22_050 } as const;
  writeFileSync(file, encodeWav(renderPiece({ ...piece, seed }), 22_050));
  return file;
}

it('takes a file from the queue to tags in it, does nothing the second time, and puts it back', async () => {
  const file = await aPiece('one.wav', 1);
  await anApp();
  await app!.start();
  await call('libraries.add', { root_path: music });
  const first = queueEmpty();
  const asked = await call<{ batch_id: number; job_id: number }>('queue.tag', { path: file });
  await first;
  expect(await call('queue.batch', { batch_id: asked.batch_id })).toMatchObject({ found: 1, done: 1, failed: [] });

  const { tags } = await call<{ tags: Record<string, unknown> }>('tagging.show', { path: file });
  expect(tags).toMatchObject({ 'nom:key': 'Am' });
  expect(Number(tags['nom:bpm'])).toBeCloseTo(124, 0);

  const second = queueEmpty();
  const again = await call<{ batch_id: number }>('queue.tag', { path: file });
  await second;
  expect(await call('queue.batch', { batch_id: again.batch_id })).toMatchObject({
    skipped: [{ reason: 'up_to_date', count: 1 }],
  });

  expect(await call('tagging.undoJob', { job_id: asked.job_id })).toEqual({ undone: 1, refused: [] });
  expect(await call('tagging.show', { path: file })).toMatchObject({ tags: {}, count: 0 });
});

it('puts a file back that was moved since, once a scan has found it', async () => {
  const file = await aPiece('before.wav', 2);
  const moved = join(music, 'elsewhere', 'after.wav');
  await anApp();
  await app!.start();
  const [library] = await call<{ id: number }[]>('libraries.list');
  const tagged = queueEmpty();
  const { job_id } = await call<{ job_id: number }>('queue.tag', { path: file });
  await tagged;
  await mkdir(join(music, 'elsewhere'));
  renameSync(file, moved);
  expect(await call('libraries.scan', { id: library.id })).toMatchObject({ stats: { files_discovered: 1 } });
  expect(await call('tagging.undoJob', { job_id })).toEqual({ undone: 1, refused: [] });
  expect(await call('tagging.show', { path: moved })).toMatchObject({ count: 0 });
});

it('says in its health that models cannot be run here, and tells tempo and key without them', async () => {
  const file = await aPiece('three.wav', 3);
  await anApp({ whyNoInference: () => 'There is no runtime.' });
  await app!.start();
  expect(await call('health.health')).toMatchObject({
    status: 'degraded',
    errors: ['There is no runtime. Loudness, tempo and key are told all the same.'],
  });
  const tagged = queueEmpty();
  await call('queue.tag', { path: file });
  await tagged;
  const { tags } = await call<{ tags: object }>('tagging.show', { path: file });
  expect(tags).toMatchObject({ 'nom:bpm': expect.closeTo(124, 0) });
});

it('refuses to open a library that is open already', async () => {
  await anApp();
  const paths = findPaths({ data: join(home, 'data'), models: [] });
  await expect(createApp(paths, { workers: createNodeHost(workerPrograms(paths)) })).rejects.toThrow(/open already/);
});

it('tells the tags of a file that no scan has seen, and keeps nothing of the question', async () => {
  const file = await aPiece('one.wav', 1);
  rmSync(join(home, 'data'), { recursive: true, force: true });
  await anApp();
  await call('libraries.add', { root_path: music });
  expect(await call('tagging.show', { path: file })).toMatchObject({ tags: {}, count: 0 });
  expect(await call('tracks.list')).toMatchObject({ total: 0 });
});

it('lists what it does by the clock with the last and the next run, and does what is due once it watches', async () => {
  await anApp();
  await app!.start();
  expect(app!.scheduledTasks().every(({ lastRun, nextRunAt }) => lastRun === null && nextRunAt === null)).toBe(true);
  const cleanUp = () => app!.scheduledTasks().find(({ name }) => name === 'queue.clean-up')!;
  app!.watch();
  await expect.poll(() => cleanUp().lastRun?.outcome).toBe('done');
  expect(cleanUp().nextRunAt).toBe(cleanUp().lastRun!.startedAt + 86_400_000);
  expect(app!.scheduledTasks().map(({ name }) => name)).toEqual([
    ...['auth.clean-up', 'backups.daily', 'libraries.online', 'lidarr.overwritten-tags', 'queue.clean-up'],
    ...['webhooks-in.catch-up', 'webhooks-in.clean-up'],
  ]);
  // What ran less than a day ago does not run again after a restart.
  const { startedAt } = cleanUp().lastRun!;
  await app!.stop();
  await anApp();
  await app!.start();
  app!.watch();
  expect(cleanUp().nextRunAt).toBe(startedAt + 86_400_000);
});
