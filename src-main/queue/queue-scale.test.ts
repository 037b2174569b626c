import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createEnqueueTracks } from './enqueue-tracks';
import type { JobRequest } from './job';
import { aQueue, settle } from './queue.fixture';

const paths = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `/music/album/${from + i}.flac`);

/** The longest time that the thread was kept from others while something ran. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isOver = true;
  return longest;
}

it('queues 10 000 files at once without keeping others waiting', async () => {
  const { queue, ask } = aQueue({});
  const longest = await longestBlock(() => ask(paths(10_000)));
  expect(queue.status().pending).toBe(10_000);
  // The aim is 50 ms; a busy machine gets some air.
  expect(longest).toBeLessThan(150);
});

it('makes jobs of 100 000 tracks without keeping others waiting', async () => {
  let queued = 0;
  const queue = {
    async enqueue({ targets }: JobRequest) {
      queued = targets.length;
      return { batchId: 1, jobIds: [], added: queued };
    },
  };
  const track = { libraryId: 1, durationMs: 1000, missingSince: null };
  const findTrack = (id: number) => ({ ...track, absolutePath: join('/music', `${id}.flac`) });
  const enqueueTracks = createEnqueueTracks({ queue, findTrack });
  const ids = Array.from({ length: 100_000 }, (_, i) => i);
  const longest = await longestBlock(() => enqueueTracks(ids, { source: 'scan', force: false, writeTags: false }));
  expect(queued).toBe(100_000);
  // The aim is 50 ms; a busy machine gets some air.
  expect(longest).toBeLessThan(150);
});

it('pages, counts and claims among 100 000 jobs in milliseconds, and keeps its sums exact', async () => {
  const { db, queue } = aQueue({});
  db.exec(`
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 100000)
    INSERT INTO job (kind, path, status, created_at, finished_at)
    SELECT 'tag', '/music/' || n, iif(n % 3 = 2, 'pending', iif(n % 3 = 1, 'skipped', 'done')), '', iif(n % 3 = 2, NULL, '')
    FROM number`);
  const times: number[] = [];
  const timed = <T>(read: () => T): T => {
    const before = performance.now();
    const value = read();
    times.push(performance.now() - before);
    return value;
  };
  for (let offset = 0; offset < 66_000; offset += 3_000) {
    expect(timed(() => queue.views.list(undefined, 50, offset))).toHaveLength(50);
    expect(timed(() => queue.views.list('ended_well', 50, offset))).toHaveLength(50);
    timed(() => queue.status());
  }
  const [newest] = queue.views.list('ended_well', 1, 0);
  expect(newest.id).toBe(100_000);
  times.sort((a, b) => a - b);
  expect(times[Math.floor(times.length * 0.99)]).toBeLessThan(150);
  const counted = db
    .prepare<[], { status: string; n: number }>('SELECT status, COUNT(*) AS n FROM job GROUP BY status')
    .all();
  const { jobs } = queue.views.totals();
  for (const { status, n } of counted) expect(jobs[status as keyof typeof jobs]).toBe(n);
});

it('keeps its sums when a library and its jobs go', async () => {
  const { db, queue, ask } = aQueue({});
  db.exec(`INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES (1, 'music', '/music', '', '')`);
  await ask([], {
    targets: [
      { path: '/music/a', libraryId: 1, audioMs: 1000 },
      { path: '/other/b', audioMs: 2000 },
    ],
  });
  db.exec('DELETE FROM library WHERE id = 1');
  expect(queue.views.totals()).toMatchObject({ jobs: { pending: 1 }, audioMs: { pending: 2000 } });
});

it('tells its state four times a second at most, and the last word always', async () => {
  const { queue, ask, heard, clock } = aQueue({ concurrency: 4 });
  queue.start();
  await ask(paths(500));
  await settle(() => queue.status().completed === 500);
  const told = () => heard.filter(({ name }) => name === 'queue.status');
  expect(told().length).toBeLessThanOrEqual(3);
  clock.advance(250);
  expect(told().at(-1)?.payload).toMatchObject({ pending: 0, running: 0, completed: 500 });
});
