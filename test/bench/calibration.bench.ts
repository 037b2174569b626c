import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, expect, it } from 'vitest';
import { answerCalibration, createCalibration } from '../../src-main/calibration';
import { createReader, openDatabase } from '../../src-main/database';
import { createEventBus } from '../../src-main/events';
import { NO_MODELS } from '../../src-main/inference';
import { findPaths } from '../../src-main/paths';
import type { JobRequest } from '../../src-main/queue';
import type { ReaderQueries } from '../../src-main/reader-queries';
import { createSettings } from '../../src-main/settings';
import { createRewrite } from '../../src-main/tagging';
import { temporaryFolder } from '../small-music';
import { record } from './results';
import { fillWithSyntheticTracks } from './synthetic-library';

const SIZES = [10_000, 100_000] as const;
const MOST_APPLY_MS = 60_000;
const MOST_DELAY_MS = 50;
/** Ten times the tracks may take ten times the time, and a half more for caches that hold the smaller library whole. */
const MOST_GROWTH = 15;
const folder = temporaryFolder('calibration');
afterAll(folder.remove);

const CALLER = { door: 'cli' } as const;
const STEPS = ['decide first', 'generate', 'preview', 'apply', 'roll back', 'count older tags'] as const;
type Figures = Record<(typeof STEPS)[number], number> & { delay: number };

it('measures, previews and applies a calibration beside the main thread, and takes no more than its share longer', async () => {
  const figures: Figures[] = [];
  for (const tracks of SIZES) {
    const found = await measured(tracks);
    figures.push(found);
    const times = STEPS.map((step) => [step, `${(found[step] / 1000).toFixed(2)} s`]);
    const delay = `${found.delay.toFixed(1)} ms`;
    record('Calibration of a library with 20 scores a track', {
      ...{ tracks, ...Object.fromEntries(times) },
      'event loop, p99 of all': delay,
    });
    expect(found.delay).toBeLessThan(MOST_DELAY_MS);
    expect(found.apply).toBeLessThan(MOST_APPLY_MS);
  }
  const [small, large] = figures;
  const growth = STEPS.map((step) => [step, (large[step] / small[step]).toFixed(1)]);
  record('Calibration, time for 100 000 tracks over time for 10 000', Object.fromEntries(growth));
  for (const step of ['generate', 'preview', 'apply'] as const) {
    expect(large[step] / small[step]).toBeLessThan(MOST_GROWTH);
  }
});

async function measured(tracks: number): Promise<Figures> {
  const file = join(folder.path, `${tracks}.db`);
  const db = openDatabase(file);
  fillWithSyntheticTracks(db, tracks);
  const events = createEventBus();
  const settings = createSettings(db, events);
  const reader = createReader<ReaderQueries>(findPaths().readerEntry, file, (thrown) => {
    throw thrown;
  });
  const enqueue = async ({ targets }: JobRequest) => ({ batchId: 1, jobIds: [1], added: targets.length });
  const rewrite = createRewrite({ reader, settings, enqueue });
  const calibrations = createCalibration({
    ...{ db, reader, events, settings, models: () => NO_MODELS, folder: join(folder.path, 'files') },
    rewrite: async () => ({ queued: 0, batchId: null }),
    queue: () => ({ enqueue, views: { totals: noJobs } as never, isPaused: () => false, clearKind: async () => 0 }),
  });
  const answers = answerCalibration(calibrations);
  const run = () =>
    calibrations.applyJob({ writeTags: false }, { signal: new AbortController().signal, progress() {} });
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const found = {
    'decide first': await timed(run),
    generate: await timed(() => answers.generate({ save_sidecars: false, note: '' }, CALLER)),
    preview: await timed(() => answers.preview({ version: 1, examples: 5 }, CALLER)),
    apply: await timed(async () => {
      await answers.activate({ id: 1, rewriteTags: false }, CALLER);
      await run();
    }),
    'roll back': await timed(async () => {
      await answers.rollBack({ toNone: true, rewriteTags: false }, CALLER);
      await run();
    }),
    'count older tags': await timed(() => rewrite.count()),
  };
  loop.disable();
  await reader.stop();
  db.close();
  return { ...found, delay: loop.percentile(99) / 1e6 };
}

async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function noJobs() {
  const jobs = { pending: 0, running: 0, done: 0, skipped: 0, error: 0 };
  return { jobs, audioMs: jobs };
}
