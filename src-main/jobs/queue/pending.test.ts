import { expect, it } from 'vitest';
import type { Job, JobResult } from './job/job';
import { aQueue, SOURCES, until } from './queue.fixture';

function recording(answer: (job: Job) => JobResult = () => ({ outcome: 'analyzed' })) {
  const ran: string[] = [];
  const tag = async (job: Job) => {
    ran.push(job.path);
    return answer(job);
  };
  return { ran, tag };
}

it('leaves a job alone until its time, lets others go before it, and is woken by the clock', async () => {
  const { ran, tag } = recording();
  const { queue, ask, clock } = aQueue({ tag });
  queue.start();
  await ask(['/m/later'], { source: SOURCES.lidarr, notBefore: clock.now() + 20_000 });
  await ask(['/m/now'], { source: SOURCES.scan });
  await until(() => queue.status().running === 0 && ran.length === 1);
  clock.advance(19_999);
  expect(queue.status()).toMatchObject({ pending: 1, running: 0 });
  clock.advance(1);
  await until(() => ran.length === 2);
  expect(ran).toEqual(['/m/now', '/m/later']);
});

it('wakes for it after a restart too', async () => {
  const { ran, tag } = recording();
  const first = aQueue({});
  await first.ask(['/m/later'], { notBefore: first.clock.now() + 20_000 });
  const { queue, clock } = aQueue({ db: first.db, tag });
  queue.start();
  clock.advance(20_000);
  await until(() => ran.length === 1);
});

it('begins later when it is asked for again or its time is raised, but at once when somebody wants it now', async () => {
  const { ran, tag } = recording();
  const { queue, ask, clock } = aQueue({ tag });
  queue.start();
  const asked = await ask(['/m/a'], { notBefore: clock.now() + 20_000 });
  await ask(['/m/a'], { notBefore: clock.now() + 30_000 });
  expect(queue.raiseNotBefore('tag', '/m/a', clock.now() + 40_000)).toBe(true);
  expect(queue.raiseNotBefore('tag', '/m/b', clock.now() + 40_000)).toBe(false);
  clock.advance(39_999);
  expect(ran).toEqual([]);
  expect(queue.get(asked.jobIds[0]).notBefore).toBe(clock.now() + 1);
  await ask(['/m/a'], { source: SOURCES.window });
  await until(() => ran.length === 1);
});

it('makes a job pending again that asks for it, with its new options, and counts no attempt', async () => {
  let isReady = false;
  const { ran, tag } = recording(() =>
    isReady ? { outcome: 'tagged' } : { outcome: 'pending', notBefore: clock.now() + 5_000, options: { seen: 1 } },
  );
  const { queue, ask, clock } = aQueue({ tag });
  queue.start();
  const { jobIds, batchId } = await ask(['/m/a']);
  await until(() => queue.get(jobIds[0]).notBefore !== null);
  expect(queue.get(jobIds[0])).toMatchObject({ status: 'pending', options: { seen: 1 }, attempts: 0 });
  isReady = true;
  clock.advance(5_000);
  await until(() => queue.get(jobIds[0]).status === 'done');
  expect(ran).toHaveLength(2);
  expect(queue.views.findBatch(batchId)).toMatchObject({ found: 1, done: 1 });
});

it('begins at once what is moved to the front, and lets files join the batch of their album', async () => {
  const { ran, tag } = recording();
  const { queue, ask, clock } = aQueue({ tag });
  queue.start();
  const batch = { by: 'album 1', withinMs: 10_000, title: 'Album' };
  const { batchId, jobIds } = await ask(['/m/a'], { notBefore: clock.now() + 20_000, batch });
  const joined = await ask(['/m/a', '/m/b'], { notBefore: clock.now() + 20_000, batch });
  expect(joined).toMatchObject({ batchId, added: 1 });
  expect(queue.views.findBatch(batchId)).toMatchObject({ found: 2, pending: 2, skipped: [] });
  expect((await ask(['/m/c'], { batch: { ...batch, by: 'album 2' } })).batchId).not.toBe(batchId);
  await until(() => ran.length === 1);
  queue.moveToFront(jobIds[0]);
  await until(() => ran.length === 2);
  expect(ran).toEqual(['/m/c', '/m/a']);
});

it('ends a job that is cancelled while it finds out that it has to wait', async () => {
  const { queue, ask, clock } = aQueue({
    tag: async ({ id }) => {
      queue.cancel(id);
      return { outcome: 'pending', notBefore: clock.now() + 5_000, options: {} };
    },
  });
  queue.start();
  const { jobIds } = await ask(['/m/a']);
  await until(() => queue.status().running === 0);
  expect(queue.get(jobIds[0])).toMatchObject({ status: 'skipped', reasonCode: 'cancelled' });
});

it('follows its track to a new path, also where it was queued under another one', async () => {
  const { db, queue, ask } = aQueue({});
  db.exec(`
    INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES (1, 'One', '/one', '', '');
    INSERT INTO track (id, library_id, path, folder, size_bytes, mtime_ms, title, sort_title, sort_artist, sort_album,
      added_at, scanned_at) VALUES (7, 1, 'old', '', 1, 1, '', '', '', '', '', '')`);
  const { jobIds, batchId } = await ask([], { targets: [{ path: '/one/old', libraryId: 1, trackId: 7 }] });
  const again = await ask([], { targets: [{ path: '/one/new', libraryId: 1, trackId: 7 }] });
  expect(again).toMatchObject({ jobIds, added: 0 });
  expect(queue.get(jobIds[0])).toMatchObject({ path: '/one/new', status: 'pending' });
  queue.fileMoved('/one/new', { path: '/one/newer', libraryId: 1, trackId: 7 });
  expect(queue.get(jobIds[0])).toMatchObject({ path: '/one/newer', status: 'pending' });
  const [known] = (await ask(['/one/newest'])).jobIds;
  queue.fileMoved('/one/newer', { path: '/one/newest', libraryId: 1, trackId: 7 });
  expect([queue.get(jobIds[0]).status, queue.get(known).status].toSorted()).toEqual(['pending', 'skipped']);
  expect(queue.views.findBatch(batchId)).toMatchObject({ found: 1, pending: 1 });
});

it('goes with its file to another library, and stays when the one of before is removed', async () => {
  const { db, queue, ask } = aQueue({});
  db.exec(`INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES
    (1, 'One', '/one', '', ''), (2, 'Two', '/two', '', '')`);
  const { jobIds } = await ask([], { targets: [{ path: '/one/a', libraryId: 1 }] });
  queue.fileMoved('/one/a', { path: '/two/a', libraryId: 2 });
  expect(queue.get(jobIds[0])).toMatchObject({ path: '/two/a', libraryId: 2 });
  db.exec('DELETE FROM library WHERE id = 1');
  expect(queue.get(jobIds[0]).status).toBe('pending');
});
