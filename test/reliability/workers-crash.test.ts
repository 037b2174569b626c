import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createInferencePool, createQuarantineRepository, NO_MODELS } from '../../src-main/analysis/inference';
import { EVENTS, SETTINGS } from '../../src-main/app/contract';
import { CALLER_SOURCE, createQueue, type JobRunner } from '../../src-main/jobs/queue';
import { aKind } from '../../src-main/jobs/queue/queue.fixture';
import { openDatabase } from '../../src-main/platform/database';
import { createEventBus } from '../../src-main/platform/events';
import { createSettings } from '../../src-main/platform/settings';
import { createNodeHost } from '../../src-main/platform/worker-process';
import { randomOf } from '../e2e/random';
import { temporaryFolder } from '../support/small-music';
import { times } from './cases';
import { recordFigure } from './figures';

/** Each file that brings workers down does it twice before it is left alone; the one that is struck once, once. */
const FILES_A_KIND = times(2, 56);
const BAD = { abort: 'aborts', leave: 'leaves', hang: 'hangs', memory: 'eats memory' } as const;
const INJECTIONS = Object.keys(BAD).length * FILES_A_KIND * 2 + FILES_A_KIND;
/** Long for a worker that was given a song on a machine that has no time for it, short for those who wait. */
const STALL_MS = 3000;
const folder = temporaryFolder('crashes');
afterAll(folder.remove);

/** Time that does not make one wait for the back-off between crashes. */
const hurriedClock = {
  now: () => performance.now(),
  after(ms: number, call: () => void) {
    const timer = setTimeout(call, ms >= 1000 && ms <= 60_000 ? 0 : ms);
    return () => clearTimeout(timer);
  },
};

/** The real queue and the real pool, with workers that misbehave as the names of their files say. */
function anApplication() {
  const db = openDatabase(':memory:');
  const events = createEventBus(EVENTS, (thrown) => {
    throw thrown;
  });
  const quarantine = createQuarantineRepository(db);
  const pool = createInferencePool({
    ...{ events, quarantine, clock: hurriedClock, models: () => NO_MODELS },
    host: createNodeHost({
      infer: { entry: join(import.meta.dirname, '../support/stub-worker.mjs'), flags: [] },
    }),
    limits: () => ({ startMs: 90_000, watchMs: 20, stallMs: STALL_MS, memoryBytes: 150 * 1024 ** 2 }),
  });
  pool.setSize(2);
  const struck = new Set<string>();
  const options = { preset: 'balanced', descriptors: false, minDurationS: 7, expectedDurationS: 60 } as const;
  const tag: JobRunner = async ({ id, path, crashes }, { signal }) => {
    await pool.analyze({ jobId: id, file: path, options, signal, crashes, onProgress: () => strikeOnce(id, path) });
    return { outcome: 'analyzed' };
  };
  /** What the system does to a process that is in nobody's way but its own. */
  function strikeOnce(id: number, path: string): void {
    if (!path.includes('once.') || struck.has(path)) return;
    struck.add(path);
    writeFileSync(`${path}.struck`, '');
    const worker = pool.status().find(({ current_job }) => current_job === id);
    process.kill(worker!.pid!, 'SIGKILL');
  }
  const settings = createSettings(db, events, SETTINGS);
  const queue = createQueue({ db, events, settings, kinds: [aKind('tag', tag, { weight: 1, concurrency: () => 3 })] });
  // The pool pauses after five crashes until a person has looked; this one looks, and goes on.
  events.on('health.changed', () => setImmediate(() => pool.pausedFor && pool.resume()));
  return { db, queue, pool, quarantine, struck, events };
}

it(`hears every other file through ${INJECTIONS} crashes of workers, and leaves alone whoever caused them twice`, {
  timeout: 900_000,
}, async () => {
  const { queue, pool, quarantine, struck, events } = anApplication();
  const random = randomOf(19);
  const names = Array.from({ length: FILES_A_KIND }, (_, index) =>
    [...Object.keys(BAD), 'once', 'song', 'song', 'song'].map((kind, more) => `${kind}.${index}.${more}`),
  ).flat();
  const files = names
    .map((name) => ({ path: join(folder.path, `${name}.mp3`), at: random() }))
    .sort((a, b) => a.at - b.at);
  mkdirSync(folder.path, { recursive: true });
  for (const { path } of files) writeFileSync(path, path);
  let deaths = 0;
  events.on('worker.changed', ({ status }) => {
    if (status === 'crashed') deaths += 1;
  });
  const { batchId } = await queue.enqueue({ kind: 'tag', title: 'all', source: CALLER_SOURCE.window, targets: files });
  const ended = new Promise<void>((resolve) => {
    events.on('queue.status', ({ pending, running }) => pending + running === 0 && resolve());
  });
  queue.start();
  await ended;
  const bad = files
    .map(({ path }) => path)
    .filter((path) => Object.keys(BAD).some((kind) => path.includes(`${kind}.`)));
  expect(
    quarantine
      .list()
      .map(({ path }) => path)
      .sort(),
  ).toEqual(bad.sort());
  expect(struck.size).toBe(FILES_A_KIND);
  expect(deaths).toBe(INJECTIONS);
  const batch = queue.views.findBatch(batchId)!;
  expect(batch).toMatchObject({ found: files.length, done: files.length - bad.length, pending: 0, running: 0 });
  expect(batch.failed).toEqual([{ reason: 'quarantined', count: bad.length }]);
  await pool.stop(AbortSignal.abort());
  await queue.stop();
  recordFigure('R19', {
    what: `a worker ${Object.values(BAD).join(', ')}, or is killed; the job ends, no other file is lost`,
    ...{ cases: INJECTIONS, passed: deaths, line: 'job finishes, culprit left alone after 2' },
    note: `${files.length} files, ${bad.length} of them bring workers down`,
  });
});
