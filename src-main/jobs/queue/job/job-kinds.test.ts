import { expect, it } from 'vitest';
import { aKind, aQueue, deferred, until } from '../queue.fixture';
import { createShowJobs } from '../show-jobs';
import type { JobRunner } from './job';
import { createJobKinds, type JobKind } from './job-kinds';

/** A kind of job that nothing but this file knows. */
const artworkKind = (run: JobRunner, given: Partial<JobKind> = {}): JobKind => ({
  kind: 'artwork',
  label: 'Search for artwork',
  concurrency: () => 2,
  weight: 0.5,
  priority: 30,
  run,
  progressWords: { fetching: 'Fetching the picture' },
  outcomeWords: { pictured: 'picture found' },
  ...given,
});

const ALBUMS = ['/m/Geogaddi', '/m/Campfire', '/m/Trans'];
const targets = ALBUMS.map((path) => ({ path, audioMs: 60_000 }));

it('queues, runs and shows jobs of a kind that is only registered, with its own words and as many as it allows', async () => {
  const gate = deferred();
  const run: JobRunner = async (_, { progress }) => {
    progress(0.5, 'fetching');
    await gate.promise;
    return { outcome: 'pictured' };
  };
  const { queue, ask, emitted } = aQueue({ kinds: [artworkKind(run)] });
  const show = createShowJobs({ queue, undoable: () => new Set() });
  queue.start();
  const { jobIds, batchId } = await ask([], { kind: 'artwork', targets });
  await until(() => queue.live(jobIds[1])?.phase === 'fetching');

  const [first, , third] = show(jobIds.map(queue.get));
  expect(first).toMatchObject({ kind: 'artwork', label: 'Search for artwork', status: 'running', progress: 0.5 });
  expect(first).toMatchObject({ phase: 'fetching', phase_label: 'Fetching the picture', outcome_label: null });
  expect(third).toMatchObject({ status: 'pending', label: 'Search for artwork', phase_label: null });
  expect(emitted.findLast(({ name }) => name === 'job.changed')?.payload).toMatchObject({
    ...{ kind: 'artwork', phase: 'fetching', phase_label: 'Fetching the picture' },
  });
  // Of three minutes of audio, half of two minutes is done; all of it counts by half.
  expect(queue.status()).toMatchObject({ pending: 1, running: 2, audio_done_s: 30, audio_total_s: 90 });
  expect(queue.views.findBatch(batchId)).toMatchObject({ found: 3, running: 2, pending: 1, done: 0 });

  gate.resolve();
  await until(() => queue.status().completed === 3);
  expect(show([queue.get(jobIds[2])])).toMatchObject([{ outcome: 'pictured', outcome_label: 'picture found' }]);
  expect(queue.views.findBatch(batchId)).toMatchObject({ found: 3, done: 3, pending: 0, failed: [] });
  expect(queue.views.totals('artwork').jobs).toMatchObject({ done: 3 });
});

it('begins jobs of a registered kind again after a restart, and accounts for all of them', async () => {
  const before = aQueue({ kinds: [artworkKind(() => new Promise(() => {}))] });
  before.queue.start();
  const { jobIds, batchId } = await before.ask([], { kind: 'artwork', targets });
  await until(() => before.queue.status().running === 2);

  const { queue } = aQueue({ db: before.db, kinds: [artworkKind(async () => ({ outcome: 'pictured' }))] });
  queue.start();
  await until(() => queue.status().completed === 3);
  expect(jobIds.map((id) => queue.get(id).attempts)).toEqual([2, 2, 1]);
  expect(queue.views.findBatch(batchId)).toMatchObject({ found: 3, done: 3, pending: 0, running: 0 });
});

it('keeps jobs of a kind that is not registered pending, and calls them by the name of the kind', async () => {
  const { queue, ask } = aQueue({});
  queue.start();
  const { jobIds } = await ask(['/m/a'], { kind: 'of-tomorrow' });
  await ask(['/m/b']);
  await until(() => queue.status().completed === 1);
  const [job] = createShowJobs({ queue, undoable: () => new Set() })(jobIds.map(queue.get));
  expect(job).toMatchObject({ status: 'pending', kind: 'of-tomorrow', label: 'of-tomorrow' });
});

it('offers free places to the kinds of a higher priority first', async () => {
  const ran: string[] = [];
  const run: JobRunner = async ({ kind }) => {
    ran.push(kind);
    return { outcome: 'done' };
  };
  const { queue, ask } = aQueue({ kinds: [aKind('low', run, { priority: 2 }), aKind('high', run, { priority: 3 })] });
  await ask(['/m/a'], { kind: 'low' });
  await ask(['/m/a'], { kind: 'high' });
  queue.start();
  await until(() => ran.length === 2);
  expect(ran).toEqual(['high', 'low']);
});

it('refuses two kinds of the same name', () => {
  const run: JobRunner = async () => ({ outcome: 'done' });
  expect(() => createJobKinds([aKind('tag', run), aKind('tag', run)])).toThrow(/same name/);
});
