import { expect, it } from 'vitest';
import { insertRow } from '../../../test/support/insert-row';
import { createTagRequest } from '../../library/tagging';
import { AppError } from '../../rpc/errors';
import { type Caller, routesOf } from '../../rpc/routes';
import { queueContract } from './contract';
import { queueHandlers } from './handlers';
import { aQueue, until } from './queue.fixture';
import { createShowJobs } from './show-jobs';
import { createWaitForJob } from './wait-for-job';

const lidarr: Caller = { transport: 'http' };

const libraryOf = (path: string) => (path.startsWith('/look only') ? 2 : path.startsWith('/written') ? 1 : null);

/** The queue as the outside asks it, with every answer checked against the contract. */
function anApi(options: Parameters<typeof aQueue>[0] = {}) {
  const parts = aQueue(options);
  const undoable = (ids: readonly number[]) => new Set(ids.filter((id) => id === 1));
  const show = createShowJobs({ queue: parts.queue, undoable });
  const handlers = queueHandlers({
    queue: parts.queue,
    ...{ show, undoable },
    tag: createTagRequest({
      ...{ queue: parts.queue, settings: parts.settings, show, waitFor: createWaitForJob(parts) },
      whyPassed: async () => null,
      resolveTargets: async (paths) => paths.map((path) => ({ path, libraryId: libraryOf(path) })),
      mayWrite: (libraryId) => libraryId === 1,
    }),
  });
  const routes = new Map(
    routesOf('queue', queueContract, handlers, (_, thrown) => parts.failures.push(thrown)).map((each) => [
      each.name,
      each,
    ]),
  );
  async function call<T = Record<string, unknown>>(name: string, input: unknown = {}, caller = lidarr): Promise<T> {
    const outcome = await routes.get(`queue.${name}`)!.call(input, caller);
    if (!outcome.ok) throw new AppError(outcome.error.code, outcome.error.message);
    return outcome.value as T;
  }
  return { ...parts, call };
}

it('takes what Lidarr posts, and answers with a job that can be asked for', async () => {
  const { call, queue } = anApi();
  const answer = await call('tag', { path: '/music/Artist/Album/01.flac', force: true });
  expect(answer).toEqual({
    job_id: 1,
    job_ids: [1],
    files_queued: 1,
    queue_depth: 1,
    path: '/music/Artist/Album/01.flac',
    status: 'queued',
    blocking: false,
    batch_id: 1,
  });
  expect(queue.get(1)).toMatchObject({ priority: 100, force: true, writeTags: true });
  expect(await call('get', { job_id: '1' })).toMatchObject({ id: 1, status: 'pending', can_undo: true, progress: 0 });
  await expect(call('get', { job_id: 2 })).rejects.toMatchObject({ code: 'not_found' });
  await expect(call('tag', {})).rejects.toMatchObject({ code: 'invalid_input' });
});

it('writes for a key that another program has only where a person said that this may be', async () => {
  const { call, queue, db } = anApi();
  for (const id of [1, 2]) insertRow(db, 'library', { id, name: `Library ${id}`, root_path: `/${id}` });
  const webhook: Caller = { ...lidarr, scope: 'webhook' };
  await call('tag', { path: '/look only/01.flac' }, webhook);
  await call('tag', { path: '/written/01.flac' }, webhook);
  await call('tag', { path: '/look only/02.flac' }, { ...lidarr, scope: 'full' });
  expect([1, 2, 3].map((id) => queue.get(id).writeTags)).toEqual([false, true, true]);
});

it('batches the files of an album that a program names one by one, but not what people ask for', async () => {
  const { call, queue, clock } = anApi();
  const program = (id: string): Caller => ({ transport: 'http', credential: { kind: 'key', id } });
  const tag = (path: string, caller: Caller) => call<{ batch_id: number }>('tag', { path }, caller);
  const album = ['01', '02', '03', '02'].map((name) => tag(`/music/Geogaddi/${name}.flac`, program('1')));
  expect((await Promise.all(album)).map(({ batch_id }) => batch_id)).toEqual([1, 1, 1, 1]);
  expect(queue.views.findBatch(1)).toMatchObject({ title: 'Files in Geogaddi', found: 3, pending: 3, skipped: [] });
  clock.advance(9_000);
  expect(await tag('/music/Geogaddi/04.flac', program('1'))).toMatchObject({ batch_id: 1 });
  expect(await tag('/music/Campfire/01.flac', program('1'))).toMatchObject({ batch_id: 2 });
  expect(await tag('/music/Geogaddi/05.flac', program('2'))).toMatchObject({ batch_id: 3 });
  clock.advance(10_001);
  expect(await tag('/music/Geogaddi/06.flac', program('1'))).toMatchObject({ batch_id: 4 });
  expect(queue.views.findBatch(4)).toMatchObject({ title: '06.flac', found: 1 });
  const person: Caller = { transport: 'http', credential: { kind: 'session', id: '1' } };
  expect(await tag('/music/Geogaddi/07.flac', person)).toMatchObject({ batch_id: 5 });
  expect(await tag('/music/Geogaddi/08.flac', person)).toMatchObject({ batch_id: 6 });
});

it('lists jobs newest first, and counts what was skipped as done, as the documents have it', async () => {
  const { call, queue } = anApi({
    tag: async ({ path }) => {
      if (path === '/bad') throw new AppError('unreadable_audio', 'It is broken.');
      return path === '/same' ? { outcome: 'skipped', reason: 'up_to_date' } : { outcome: 'tagged' };
    },
  });
  queue.start();
  await call('tag', { paths: ['/good', '/same', '/bad'] });
  await until(() => queue.status().pending + queue.status().running === 0);
  const all = await call<{ jobs: unknown[] }>('list');
  expect(all).toMatchObject({ total: 3, counts: { pending: 0, running: 0, done: 2, error: 1 } });
  expect(all.jobs).toMatchObject([
    { path: '/bad', status: 'error', outcome: 'failed', reason: 'unreadable_audio', error_message: 'It is broken.' },
    { path: '/same', status: 'done', outcome: 'skipped', reason: 'up_to_date' },
    { path: '/good', status: 'done', outcome: 'tagged', progress: 1 },
  ]);
  expect(await call('list', { status: 'done' })).toMatchObject({
    total: 2,
    jobs: [{ path: '/same' }, { path: '/good' }],
  });
  expect(await call('list', { status: 'skipped' })).toMatchObject({ total: 1, jobs: [{ path: '/same' }] });
  expect(await call('depth')).toEqual({ pending: 0, running: 0, completed: 2, errors: 1 });
  expect(await call('batch', { batch_id: 1 })).toMatchObject({ found: 3, done: 1 });
  expect(await call('batches')).toMatchObject({ items: [{ title: '3 files', source: 'api', can_undo: true }] });
  await call('tag', { path: '/same' });
  await until(() => queue.status().pending + queue.status().running === 0);
  expect(await call('batches')).toMatchObject({ items: [{ can_undo: false }, { can_undo: true }] });
});

it('tries failed jobs again, and clears what has ended', async () => {
  let isBroken = true;
  const { call, queue } = anApi({
    tag: async () => {
      if (isBroken) throw new AppError('unreadable_audio', 'It is broken.');
      return { outcome: 'tagged' };
    },
  });
  queue.start();
  await call('tag', { paths: ['/a', '/b', '/c'] });
  await until(() => queue.status().errors === 3);
  expect(await call('clearErrors')).toMatchObject({ removed: 3, status: 'success', message: '3 jobs removed.' });
  await call('tag', { paths: ['/a', '/b'] });
  await until(() => queue.status().errors === 2);
  isBroken = false;
  expect(await call('retry', { job_id: 4 })).toEqual({ queued: 1 });
  expect(await call('reset', { errors: true })).toMatchObject({ reset: 1, status: 'success' });
  await until(() => queue.status().completed === 2);
  await expect(call('retry', { job_id: 4 })).rejects.toMatchObject({ code: 'conflict' });
  expect(await call('clearCompleted')).toMatchObject({ removed: 2 });
});

it('does not remove or try again what runs', async () => {
  const { call, queue } = anApi({ tag: () => new Promise(() => {}) });
  queue.start();
  await call('tag', { path: '/a' });
  await until(() => queue.status().running === 1);
  await expect(call('remove', { job_id: 1 })).rejects.toMatchObject({ code: 'conflict' });
  await expect(call('retry', { job_id: 1 })).rejects.toMatchObject({ code: 'conflict' });
  expect(await call('clearAll')).toMatchObject({ removed: 0 });
  expect(await call('reset', { stuck: true })).toMatchObject({ reset: 0 });
});

it('pauses and goes on', async () => {
  const { call, queue } = anApi();
  queue.start();
  expect(await call('pause')).toMatchObject({ worker_enabled: false });
  await call('tag', { path: '/a' });
  expect(await call('status')).toMatchObject({ paused: true, pending: 1 });
  expect(await call('resume')).toMatchObject({ worker_enabled: true });
  await until(() => queue.status().completed === 1);
});

it('removes what ended long ago: when told to, and each day by itself', async () => {
  const { call, queue, clock, scheduler } = anApi();
  const HOUR = 3_600_000;
  queue.start();
  scheduler.start();
  await call('tag', { path: '/old' });
  await until(() => queue.status().completed === 1 && queue.live(1) === undefined);
  clock.advance(100 * HOUR);
  await call('tag', { path: '/new' });
  await until(() => queue.status().completed === 2);
  expect(await call('cleanup', { max_age_hours: '48' })).toEqual({ status: 'ok', max_age_hours: 48, jobs_removed: 1 });
  expect(() => queue.get(1)).toThrow(/no job 1/);
  expect(queue.views.listBatches(10)).toHaveLength(1);
  await until(() => queue.live(2) === undefined);
  clock.advance(193 * HOUR);
  await until(() => queue.find(2) === undefined);
});
