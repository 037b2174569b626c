import { expect, it } from 'vitest';
import { openDatabase } from '../../platform/database';
import { AppError } from '../../rpc/errors';
import type { JobRunner } from './job/job';
import { aQueue, deferred, SOURCES, until } from './queue.fixture';

const recordIn =
  (paths: string[]): JobRunner =>
  async ({ path }) => {
    paths.push(path);
    return { outcome: 'analyzed' };
  };

it('runs what people ask for before webhooks and scans, and otherwise in the order of asking', async () => {
  const ran: string[] = [];
  const { queue, ask } = aQueue({ tag: recordIn(ran) });
  await ask(['/m/scan1', '/m/scan2'], { source: SOURCES.scan });
  await ask(['/m/api'], { source: SOURCES.api });
  await ask(['/m/window'], { source: SOURCES.window });
  queue.start();
  await until(() => ran.length === 4);
  expect(ran).toEqual(['/m/window', '/m/api', '/m/scan1', '/m/scan2']);
});

it('keeps one pending job of a file, with the higher priority and what everybody asked for', async () => {
  const { queue, ask } = aQueue({});
  const first = await ask(['/m/a'], { source: SOURCES.scan });
  const second = await ask(['/m/a', '/m/b'], { source: SOURCES.window, force: true, writeTags: true });
  expect(second.jobIds[0]).toBe(first.jobIds[0]);
  expect(queue.get(first.jobIds[0])).toMatchObject({ priority: 200, force: true, writeTags: true });
  expect(queue.views.findBatch(second.batchId)).toMatchObject({
    found: 2,
    pending: 2,
    skipped: [],
  });
});

it('counts a file that was queued already for everybody who asked for it, by how it ends', async () => {
  const tag: JobRunner = async ({ path }) => {
    if (path === '/m/broken') throw new AppError('unreadable_audio', 'Broken.');
    return { outcome: 'analyzed' };
  };
  const { queue, ask } = aQueue({ tag });
  const first = await ask(['/m/a', '/m/broken']);
  const second = await ask(['/m/a', '/m/broken', '/m/b']);
  queue.start();
  await until(() => queue.status().pending + queue.status().running === 0);
  const failed = [{ reason: 'unreadable_audio', count: 1 }];
  const ended = { pending: 0, running: 0, skipped: [], failed };
  expect(queue.views.findBatch(first.batchId)).toMatchObject({ found: 2, done: 1, ...ended });
  expect(queue.views.findBatch(second.batchId)).toMatchObject({ found: 3, done: 2, ...ended });
  expect(queue.status()).toMatchObject({ completed: 2, errors: 1 });
  await queue.clear(['done', 'error']);
  expect(queue.views.findBatch(second.batchId)).toMatchObject({ found: 3, done: 2, ...ended });
});

it('puts a written file to the request that asked for the writing, and not to one that did not', async () => {
  const { queue, ask } = aQueue({});
  const analysis = await ask(['/m/a', '/m/b']);
  const writing = await ask(['/m/a'], { writeTags: true });
  const again = await ask(['/m/a']);
  expect(queue.views.listWritingIds(writing.batchId)).toEqual([1]);
  expect(queue.views.listWritingIds(analysis.batchId)).toEqual([2]);
  expect(queue.views.listWritingIds(again.batchId)).toEqual([]);
  for (const { batchId } of [analysis, writing, again])
    expect(queue.views.findBatch(batchId)!.pending).toBe(queue.views.findBatch(batchId)!.found);
});

it('works for a run that must not write on its own files alone, and leaves what others want written as it is', async () => {
  const ran: [string, boolean][] = [];
  const { queue, ask } = aQueue({
    tag: async ({ path, writeTags }) => {
      ran.push([path, writeTags]);
      return { outcome: 'analyzed' };
    },
  });
  const others = await ask(['/m/a', '/m/other'], { writeTags: true });
  await ask(['/m/analysis of another']);
  const run = await ask(['/m/a', '/m/b']);
  expect(queue.start({ batchId: run.batchId, writesTags: false })).toBe(0);
  await until(() => queue.views.findBatch(run.batchId)!.pending + queue.status().running === 0);
  expect(ran).toEqual([
    ['/m/b', false],
    ['/m/a', false],
  ]);
  expect(queue.views.findBatch(run.batchId)).toMatchObject({ found: 2, done: 2 });
  expect(queue.views.findBatch(others.batchId)).toMatchObject({ found: 2, pending: 2 });
  await queue.stop();
  // Asked for once more, for writing: the one job that waits.
  const last = await ask(['/m/a'], { writeTags: true });
  expect(last).toMatchObject({ jobIds: [others.jobIds[0]], added: 0 });
});

it('counts for a run that writes whatever it works off, and lets it all be undone with it', async () => {
  const { queue, ask } = aQueue({ offlineLibraries: () => [] });
  const others = await ask(['/m/a'], { writeTags: true });
  const later = await ask(['/m/later'], { notBefore: Number.MAX_SAFE_INTEGER });
  const run = await ask(['/m/b'], { writeTags: true });
  expect(queue.start({ batchId: run.batchId, writesTags: true })).toBe(1);
  await until(() => queue.views.findBatch(run.batchId)!.done === 2);
  expect(queue.views.findBatch(run.batchId)).toMatchObject({ found: 2, done: 2 });
  expect(queue.views.listWritingIds(run.batchId)).toEqual([...others.jobIds, ...run.jobIds]);
  expect(queue.views.findBatch(later.batchId)).toMatchObject({ pending: 1 });
});

it('accounts in both requests for a failed file that is tried again while it waits as a newer job', async () => {
  let fails = true;
  const { queue, ask } = aQueue({
    tag: async () => {
      if (fails) throw new AppError('unreadable_audio', 'Broken.');
      return { outcome: 'analyzed' };
    },
  });
  const first = await ask(['/m/a']);
  queue.start();
  await until(() => queue.status().errors === 1);
  await queue.stop();
  fails = false;
  const second = await ask(['/m/a']);
  expect(queue.retry(first.jobIds[0])).toMatchObject({ status: 'skipped', reasonCode: 'already_queued' });
  queue.start();
  await until(() => queue.get(second.jobIds[0]).status === 'done');
  for (const { batchId } of [first, second])
    expect(queue.views.findBatch(batchId)).toMatchObject({ found: 1, done: 1, skipped: [], failed: [] });
});

it('never runs as many jobs as would be too many, nor the same file twice at a time', async () => {
  const gates = new Map<string, ReturnType<typeof deferred>>();
  let most = 0;
  const { queue, ask } = aQueue({
    concurrency: 2,
    tag: async (job) => {
      gates.set(`${job.id}`, deferred());
      most = Math.max(most, queue.status().running);
      await gates.get(`${job.id}`)!.promise;
      return { outcome: 'analyzed' };
    },
  });
  queue.start();
  const { jobIds: first } = await ask(['/m/a']);
  await until(() => gates.size === 1);
  const { jobIds: again } = await ask(['/m/a', '/m/b', '/m/c']);
  await until(() => gates.size === 2);
  expect(queue.get(again[0]).status).toBe('pending');
  expect(queue.get(again[1]).status).toBe('running');
  gates.get(`${first[0]}`)!.resolve();
  await until(() => queue.get(again[0]).status === 'running');
  for (const id of again) {
    await until(() => gates.has(`${id}`));
    gates.get(`${id}`)!.resolve();
  }
  await until(() => queue.status().pending + queue.status().running === 0);
  expect(most).toBe(2);
});

it('accounts for every file of a batch, also after its jobs were removed', async () => {
  const { queue, ask } = aQueue({
    tag: async (job) => {
      if (job.path.endsWith('bad')) throw new AppError('unreadable_audio', 'It is broken.');
      if (job.path.endsWith('same')) return { outcome: 'skipped', reason: 'up_to_date' };
      return { outcome: 'tagged', audioMs: 1000 };
    },
  });
  const { batchId } = await ask(['/m/good', '/m/bad', '/m/same'], { passed: { never_touch: 2 } });
  queue.start();
  await until(() => queue.status().pending + queue.status().running === 0);
  const expected = {
    found: 5,
    done: 1,
    pending: 0,
    running: 0,
    skipped: [
      { reason: 'never_touch', count: 2 },
      { reason: 'up_to_date', count: 1 },
    ],
    failed: [{ reason: 'unreadable_audio', count: 1 }],
  };
  expect(queue.views.findBatch(batchId)).toMatchObject(expected);
  expect(await queue.clear()).toMatchObject({ removed: 3 });
  expect(queue.views.findBatch(batchId)).toMatchObject(expected);
});

it('needs nobody’s attention for a failure once the same was done for the same file, and still accounts for it', async () => {
  let isBroken = true;
  const { queue, ask } = aQueue({
    tag: async ({ path }) => {
      if (isBroken || path === '/m/bad') throw new AppError('unreadable_audio', 'It is broken.');
      return path === '/m/a' ? { outcome: 'tagged' } : { outcome: 'skipped', reason: 'up_to_date' };
    },
  });
  const idle = () => until(() => queue.status().pending + queue.status().running === 0);
  const first = await ask(['/m/a', '/m/b', '/m/bad']);
  queue.start();
  await idle();
  expect(queue.status().errors).toBe(3);
  isBroken = false;
  const second = await ask(['/m/a', '/m/b', '/m/bad']);
  await idle();
  expect(queue.status()).toMatchObject({ errors: 1, skipped: 4, completed: 5 });
  expect(queue.get(first.jobIds[0])).toMatchObject({
    ...{ status: 'skipped', reasonCode: 'done_later' },
    errorMessage: 'Done by a later job. This one failed: It is broken.',
  });
  expect(queue.views.findBatch(first.batchId)).toMatchObject({
    ...{ found: 3, done: 0, pending: 0, failed: [] },
    skipped: [
      { reason: 'done_later', count: 2 },
      { reason: 'failed_later', count: 1 },
    ],
  });
  expect(queue.get(first.jobIds[2]).errorMessage).toBe('Tried again by a later job. This one failed: It is broken.');
  expect(queue.views.findBatch(second.batchId)).toMatchObject({ found: 3, done: 1, failed: [{ count: 1 }] });
});

it('does not take an analysis alone for the writing of tags that failed before', async () => {
  const { queue, ask } = aQueue({
    tag: async ({ writeTags }) => {
      if (writeTags) throw new AppError('not_writable', 'It is for reading only.');
      return { outcome: 'analyzed' };
    },
  });
  const { jobIds } = await ask(['/m/a'], { writeTags: true });
  queue.start();
  await until(() => queue.status().errors === 1);
  await ask(['/m/a']);
  await until(() => queue.status().completed === 1);
  expect(queue.get(jobIds[0])).toMatchObject({ status: 'error', reasonCode: 'not_writable' });
});

it('stays paused over a restart and goes on when told to', async () => {
  const { db, queue, ask } = aQueue({});
  queue.pause();
  queue.start();
  const { jobIds } = await ask(['/m/a']);
  await queue.stop();
  const restarted = aQueue({ db, tag: async () => ({ outcome: 'analyzed' }) }).queue;
  restarted.start();
  expect(restarted.status()).toMatchObject({ paused: true, pending: 1 });
  restarted.resume();
  await until(() => restarted.get(jobIds[0]).status === 'done');
});

it('puts back what was running when the application died, and keeps the count of attempts', async () => {
  const never = deferred();
  const { db, queue, ask } = aQueue({ tag: () => never.promise.then(() => ({ outcome: 'analyzed' as const })) });
  queue.start();
  const { jobIds } = await ask(['/m/a']);
  await until(() => queue.get(jobIds[0]).status === 'running');
  const restarted = aQueue({ db, tag: async () => ({ outcome: 'analyzed' }) }).queue;
  restarted.start();
  await until(() => restarted.get(jobIds[0]).status === 'done');
  expect(restarted.get(jobIds[0]).attempts).toBe(2);
});

it('tries a file again after its worker died twice, and gives up the third time', async () => {
  const { queue, ask } = aQueue({
    tag: async () => {
      throw new AppError('worker_crashed', 'The worker died.');
    },
  });
  const { jobIds } = await ask(['/m/toxic']);
  queue.start();
  await until(() => queue.get(jobIds[0]).status === 'error');
  expect(queue.get(jobIds[0])).toMatchObject({ crashes: 2, attempts: 3, reasonCode: 'worker_crashed' });
});

it('cancels a waiting job at once and a running one through its signal', async () => {
  const { queue, ask } = aQueue({
    tag: (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  });
  const { jobIds } = await ask(['/m/runs', '/m/waits']);
  queue.start();
  await until(() => queue.get(jobIds[0]).status === 'running');
  expect(queue.cancel(jobIds[1])).toMatchObject({ status: 'skipped', reasonCode: 'cancelled' });
  queue.cancel(jobIds[0]);
  await until(() => queue.get(jobIds[0]).status === 'skipped');
  expect(() => queue.cancel(jobIds[0])).toThrow(/ended already/);
});

it('lets a waiting job be the next', async () => {
  const ran: string[] = [];
  const { queue, ask } = aQueue({ tag: recordIn(ran) });
  const { jobIds } = await ask(['/m/a', '/m/b', '/m/c']);
  queue.moveToFront(jobIds[1]);
  queue.moveToFront(jobIds[2]);
  queue.start();
  await until(() => ran.length === 3);
  expect(ran).toEqual(['/m/c', '/m/b', '/m/a']);
});

it('goes on at once when somebody who made room says so', async () => {
  let isFull = true;
  const { queue, ask } = aQueue({
    tag: async () => {
      if (isFull) throw new AppError('disk_full', 'There is no space left on the disk.');
      return { outcome: 'tagged' };
    },
  });
  queue.start();
  await ask(['/m/a']);
  await until(() => queue.status().pending === 1 && queue.status().held_reason !== null);
  isFull = false;
  queue.resume();
  await until(() => queue.status().completed === 1);
});

it('begins a job anew whose ending found no room in the database', async () => {
  const db = openDatabase(':memory:');
  const room = Number(db.pragma('max_page_count', { simple: true }));
  let runs = 0;
  const { queue, ask } = aQueue({
    db,
    tag: async () => {
      runs += 1;
      // From here on nothing can be added; a long reason would need another page.
      if (runs === 1) db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
      return runs === 1 ? { outcome: 'skipped', reason: 'x'.repeat(20_000) } : { outcome: 'tagged' };
    },
  });
  queue.start();
  await ask(['/m/a']);
  await until(() => queue.status().held_reason !== null);
  expect(queue.status()).toMatchObject({ held_reason: expect.stringContaining('no space left'), running: 1 });
  db.pragma(`max_page_count = ${room}`);
  queue.resume();
  await until(() => queue.status().completed === 1);
  expect(runs).toBe(2);
});

it('waits with the reason while the disk is full, and goes on by itself', async () => {
  let isFull = true;
  const { queue, ask, clock } = aQueue({
    tag: async () => {
      if (isFull) throw new AppError('disk_full', 'There is no space left on the disk.');
      return { outcome: 'tagged' };
    },
  });
  queue.start();
  await ask(['/m/a', '/m/b']);
  await until(() => queue.status().pending === 2 && queue.live(1) === undefined);
  expect(queue.status()).toMatchObject({
    held_reason: 'There is no space left on the disk.',
    paused: false,
    errors: 0,
  });
  isFull = false;
  clock.advance(60_000);
  await until(() => queue.status().completed === 2);
  expect(queue.status().held_reason).toBeNull();
});

it('keeps the jobs of an offline library pending, runs others meanwhile, and goes on when it is online again', async () => {
  const db = openDatabase(':memory:');
  db.exec(`INSERT INTO library (id, name, root_path, created_at, updated_at)
    VALUES (1, 'Drive', '/drive', '', ''), (2, 'Disk', '/disk', '', '')`);
  const held = new Set<number>();
  const ran: string[] = [];
  const { queue, ask, events } = aQueue({
    db,
    offlineLibraries: () => [...held],
    tag: async ({ path, libraryId }) => {
      ran.push(path);
      if (libraryId !== 1 || ran.length > 2) return { outcome: 'analyzed' };
      held.add(1);
      throw new AppError('library_offline', 'The drive is not there.');
    },
  });
  const onDrive = await ask([], { targets: ['/drive/a', '/drive/b'].map((path) => ({ path, libraryId: 1 })) });
  const onDisk = await ask([], { targets: [{ path: '/disk/c', libraryId: 2 }] });
  queue.start();
  await until(() => queue.get(onDisk.jobIds[0]).status === 'done');
  expect(ran).toEqual(['/drive/a', '/disk/c']);
  expect(onDrive.jobIds.map((id) => queue.get(id).status)).toEqual(['pending', 'pending']);
  held.clear();
  events.emit('libraries.changed', {});
  await until(() => onDrive.jobIds.every((id) => queue.get(id).status === 'done'));
  expect(ran).toEqual(['/drive/a', '/disk/c', '/drive/a', '/drive/b']);
});

it('begins no job of a suspended kind, says why, and resuming ends the suspension', async () => {
  let reason: string | null = '5 workers died in ten minutes';
  const ran: string[] = [];
  const { queue, ask } = aQueue({
    tag: recordIn(ran),
    scan: recordIn(ran),
    suspension: {
      reason: () => reason,
      end: () => {
        reason = null;
      },
    },
  });
  await ask(['/m/a']);
  await ask(['/m'], { kind: 'scan' });
  queue.start();
  await until(() => ran.length === 1);
  expect(ran).toEqual(['/m']);
  expect(queue.status()).toMatchObject({ pending: 1, paused: false, held_reason: '5 workers died in ten minutes' });
  queue.resume();
  await until(() => ran.length === 2);
  expect(queue.status()).toMatchObject({ held_reason: null });
});

it('accounts for every file of a library that is removed while one of them is worked on', async () => {
  const { db, queue, emitted } = aQueue({
    tag: (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  });
  db.exec(`INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES
    (1, 'One', '/m', '', ''), (2, 'Two', '/n', '', '')`);
  queue.start();
  const targets = [1, 1, 1, 2].map((libraryId, at) => ({ path: `/m/${at}`, libraryId }));
  const { batchId } = await queue.enqueue({ kind: 'tag', title: 'some', source: SOURCES.window, targets });
  await until(() => queue.status().running === 1);
  await queue.leaveLibrary(1);
  db.exec('DELETE FROM library WHERE id = 1');
  await until(() => queue.status().pending === 0);
  expect(queue.views.findBatch(batchId)).toMatchObject({
    ...{ found: 4, done: 0, pending: 0, running: 1, failed: [] },
    skipped: expect.arrayContaining([
      { reason: 'removed', count: 2 },
      { reason: 'cancelled', count: 1 },
    ]),
  });
  expect(emitted).toContainEqual({ name: 'job.changed', payload: expect.objectContaining({ reason: 'cancelled' }) });
  await queue.stop();
});
