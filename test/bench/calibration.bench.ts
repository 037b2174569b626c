import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, expect, it } from 'vitest';
import { NO_MODELS } from '../../src-main/analysis/inference';
import { EVENTS, SETTINGS } from '../../src-main/app/contract';
import type { ReaderQueries } from '../../src-main/app/reader-queries';
import type { JobRequest } from '../../src-main/jobs/queue';
import { calibrationHandlers, createCalibration } from '../../src-main/library/calibration';
import { createRewrite } from '../../src-main/library/tagging';
import { createReader, openDatabase } from '../../src-main/platform/database';
import { createEventBus } from '../../src-main/platform/events';
import { findPaths } from '../../src-main/platform/paths/paths';
import { createSettings } from '../../src-main/platform/settings';
import { temporaryFolder } from '../support/small-music';
import { record } from './results';
import { fillWithSyntheticTracks } from './synthetic-library';

const SIZES = [10_000, 100_000] as const;
const MAX_APPLY_MS = 60_000;
/** How long the main thread works without letting others in; what a busy machine adds is not its doing. */
const MAX_TURN_MS = 50;
/** Ten times the tracks may take ten times the work, and a half more for caches that hold the smaller library whole. */
const MAX_GROWTH = 15;
const folder = temporaryFolder('calibration');
afterAll(folder.remove);

const CALLER = { transport: 'cli' } as const;
const STEPS = ['decide first', 'generate', 'preview', 'apply', 'roll back', 'count older tags'] as const;
/** Of both threads together; a busy machine takes more time, but not more of the processor's. */
interface Cost {
  readonly ms: number;
  readonly processorMs: number;
}
type Figures = Record<(typeof STEPS)[number], Cost> & { delay: number; turn: number };

it('measures, previews and applies a calibration beside the main thread, and takes no more than its share longer', async () => {
  const figures: Figures[] = [];
  for (const tracks of SIZES) {
    const found = await measured(tracks);
    figures.push(found);
    const words = ({ ms, processorMs }: Cost) => `${(ms / 1000).toFixed(1)} s (${(processorMs / 1000).toFixed(1)} s)`;
    record('Calibration of a library with 20 scores a track: time, and of it on the processor', {
      ...{ tracks, ...Object.fromEntries(STEPS.map((step) => [step, words(found[step])])) },
      'turn of the main thread on the processor, p99': `${found.turn.toFixed(1)} ms`,
      'event loop delay, p99': `${found.delay.toFixed(1)} ms`,
    });
    expect(found.turn).toBeLessThan(MAX_TURN_MS);
    expect(found.apply.processorMs).toBeLessThan(MAX_APPLY_MS);
  }
  const [small, large] = figures;
  const growthOf = (step: (typeof STEPS)[number]) => large[step].processorMs / small[step].processorMs;
  const growth = STEPS.map((step) => [step, growthOf(step).toFixed(1)]);
  record('Calibration: work for 100 000 tracks over work for 10 000', Object.fromEntries(growth));
  for (const step of ['generate', 'preview', 'apply'] as const) expect(growthOf(step)).toBeLessThan(MAX_GROWTH);
});

async function measured(tracks: number): Promise<Figures> {
  const file = join(folder.path, `${tracks}.db`);
  const db = openDatabase(file);
  fillWithSyntheticTracks(db, tracks);
  const events = createEventBus(EVENTS);
  const settings = createSettings(db, events, SETTINGS);
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
  const answers = calibrationHandlers(calibrations);
  const run = () =>
    calibrations.applyJob({ writeTags: false }, { signal: new AbortController().signal, progress() {} });
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const turns = watchTurns();
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
  return { ...found, delay: loop.percentile(99) / 1e6, turn: turns.p99() };
}

async function timed(work: () => Promise<unknown> | unknown): Promise<Cost> {
  const began = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - began, processorMs: (user + system) / 1000 };
}

/** Follows how much of the processor this thread takes between two chances for others, turn by turn. */
function watchTurns() {
  const turns: number[] = [];
  let before = process.threadCpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    turns.push((user + system) / 1000);
  }, 1);
  return {
    p99(): number {
      clearInterval(timer);
      return turns.sort((a, b) => a - b)[Math.floor(turns.length * 0.99)];
    },
  };
}

function noJobs() {
  const jobs = { pending: 0, running: 0, done: 0, skipped: 0, error: 0 };
  return { jobs, audioMs: jobs };
}
