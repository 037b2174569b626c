import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createEnqueueTracks } from '../../library/tagging';
import type { JobRequest } from './job/job';
import { addJobs, aQueue, SOURCES, until } from './queue.fixture';

const paths = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `/music/album/${from + i}.flac`);

/** How often others got their turn while something ran. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const look = () => {
    turns += 1;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isOver = true;
  return turns;
}

it('lets others have their turn, again and again, while it queues 10 000 files', async () => {
  const { queue, ask } = aQueue({});
  expect(await turnsDuring(() => ask(paths(10_000)))).toBeGreaterThanOrEqual(50);
  expect(queue.status().pending).toBe(10_000);
});

it('lets others have their turn while it makes jobs of 100 000 tracks', async () => {
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
  const turns = await turnsDuring(() => enqueueTracks(ids, { source: SOURCES.scan, force: false, writeTags: false }));
  expect(queued).toBe(100_000);
  expect(turns).toBeGreaterThanOrEqual(100);
});

it('keeps its sums exact among 100 000 jobs', async () => {
  const { db, queue } = aQueue({});
  addJobs(db, 100_000);
  expect(queue.views.list('ended_well', 1, 0)[0].id).toBe(100_000);
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
  const { queue, ask, emitted, clock } = aQueue({ concurrency: 4 });
  queue.start();
  await ask(paths(500));
  await until(() => queue.status().completed === 500);
  const reported = () => emitted.filter(({ name }) => name === 'queue.status');
  expect(reported().length).toBeLessThanOrEqual(3);
  clock.advance(250);
  expect(reported().at(-1)?.payload).toMatchObject({ pending: 0, running: 0, completed: 500 });
});
