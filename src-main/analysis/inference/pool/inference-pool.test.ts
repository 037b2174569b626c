import { getEventListeners } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { EVENTS, type Events } from '../../../app/contract';
import { openDatabase } from '../../../platform/database';
import { createEventBus } from '../../../platform/events';
import { createNodeHost, type WorkerHost } from '../../../platform/worker-process';
import { createQuarantineRepository } from '../results/quarantine-repository';
import { NO_MODELS } from '../session/model-set';
import { createInferencePool, type InferencePool } from './inference-pool';
import type { Limits } from './limits';

const STUB = join(import.meta.dirname, '../../../../test/support/stub-worker.mjs');
const options = { preset: 'balanced', descriptors: false, minDurationS: 7, expectedDurationS: 60 } as const;
const folder = mkdtempSync(join(tmpdir(), 'tonearm-pool-'));
/** A file that the stub treats as its name says. */
const fileNamed = (name: string) => {
  const file = join(folder, `${name}.mp3`);
  if (!existsSync(file)) writeFileSync(file, name);
  return file;
};

/** Time that does not make one wait for the back-off between crashes, and real time for everything else. */
const hurriedClock = {
  now: () => performance.now(),
  after(ms: number, call: () => void) {
    const timer = setTimeout(call, ms >= 1000 && ms <= 60_000 ? 0 : ms);
    return () => clearTimeout(timer);
  },
};

const pools: InferencePool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.stop(AbortSignal.abort());
});

function aPool({
  limits = {},
  size = 1,
  host = createNodeHost({ infer: { entry: STUB, flags: [] } }),
}: {
  limits?: Partial<Limits>;
  size?: number;
  host?: WorkerHost;
} = {}) {
  const events = createEventBus(EVENTS);
  const workers: Events['worker.changed'][] = [];
  const health: Events['health.changed'][] = [];
  events.on('worker.changed', (status) => workers.push(status));
  events.on('health.changed', (status) => health.push(status));
  const quarantine = createQuarantineRepository(openDatabase(':memory:'));
  const pool = createInferencePool({
    host,
    models: () => NO_MODELS,
    events,
    quarantine,
    limits: () => ({ startMs: 90_000, shutdownMs: 70_000, cancelMs: 900, watchMs: 20, ...limits }),
    clock: hurriedClock,
  });
  pools.push(pool);
  pool.setSize(size);
  const push = (
    name: string,
    more: { signal?: AbortSignal; onProgress?: (fraction: number) => void; crashes?: number } = {},
  ) => pool.analyze({ jobId: 42, file: fileNamed(name), options, ...more });
  /** Analyzes a file that the worker gives back at once, and tells which process did. */
  const pidThatAnalyzed = async (name = 'song') => (await push(name)).version;
  return { pool, push, pidThatAnalyzed, workers, health, quarantine };
}

it('leaves nothing behind on its worker or the signal of a caller, however many files are analyzed', async () => {
  const { push, pidThatAnalyzed } = aPool();
  const warnings: Error[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on('warning', warn);
  const { signal } = new AbortController();
  const first = await pidThatAnalyzed();
  for (let files = 0; files < 20; files++) await push('song', { signal });
  expect(await pidThatAnalyzed()).toBe(first);
  await new Promise(setImmediate);
  process.off('warning', warn);
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('analyzes files one after another with the same worker, and tells its progress and state', async () => {
  const { push, pidThatAnalyzed, workers, pool } = aPool();
  const fractions: number[] = [];
  await push('song', { onProgress: (fraction) => fractions.push(fraction) });
  expect(await pidThatAnalyzed()).toBe(await pidThatAnalyzed());
  expect(fractions).toEqual([0.5]);
  expect(workers.map(({ status, current_job }) => `${status} ${current_job}`).slice(0, 3)).toEqual([
    'starting null',
    'healthy 42',
    'healthy null',
  ]);
  expect(workers[1].component).toBe('worker:tag:0');
  expect(pool.status()[0].pid).toBeGreaterThan(0);
});

it('gives a failure of the file back as it is, and keeps the worker', async () => {
  const { push, pidThatAnalyzed } = aPool();
  const pid = await pidThatAnalyzed();
  await expect(push('fail')).rejects.toMatchObject({ code: 'unreadable_audio' });
  expect(await pidThatAnalyzed()).toBe(pid);
});

it('replaces the worker after a fault of its own', async () => {
  const { push, pidThatAnalyzed } = aPool();
  const pid = await pidThatAnalyzed();
  await expect(push('fault')).rejects.toMatchObject({ code: 'internal' });
  expect(await pidThatAnalyzed()).not.toBe(pid);
});

it.each(['abort', 'leave'])(
  'lives through a worker that dies by %s: the job fails, the next one is analyzed',
  async (name) => {
    const { push, pidThatAnalyzed, workers } = aPool();
    await expect(push(name)).rejects.toMatchObject({ code: 'worker_crashed' });
    expect(await pidThatAnalyzed()).toMatch(/^by/);
    expect(workers.map(({ status }) => status)).toContain('crashed');
  },
);

it('lives through a worker that is killed from outside in the middle of a file', async () => {
  const { push, pidThatAnalyzed, pool } = aPool();
  const job = push('wait', { onProgress: () => process.kill(pool.status()[0].pid!, 'SIGKILL') });
  await expect(job).rejects.toMatchObject({ code: 'worker_crashed' });
  expect(await pidThatAnalyzed()).toMatch(/^by/);
});

it('kills a worker that hangs', async () => {
  const { push, pidThatAnalyzed } = aPool({ limits: { stallMs: 300 } });
  await expect(push('hang')).rejects.toMatchObject({
    code: 'worker_crashed',
    message: expect.stringContaining('hung'),
  });
  expect(await pidThatAnalyzed()).toMatch(/^by/);
});

it('kills a worker whose file takes far longer than expected', async () => {
  const { push } = aPool({ limits: { deadlineMs: 300 } });
  const shortFile = { ...options, expectedDurationS: 0.1 };
  await expect(push('deaf', { options: shortFile } as object)).rejects.toMatchObject({
    code: 'worker_crashed',
    message: expect.stringContaining('too long'),
  });
});

it('kills a worker that eats memory', async () => {
  const { push, pidThatAnalyzed } = aPool({ limits: { memoryBytes: 150 * 1024 ** 2 } });
  await expect(push('memory')).rejects.toMatchObject({
    code: 'worker_crashed',
    message: expect.stringContaining('memory'),
  });
  expect(await pidThatAnalyzed()).toMatch(/^by/);
});

it('cancels a running file and keeps the worker, or ends the worker when it does not react', async () => {
  const { push, pidThatAnalyzed } = aPool();
  const pid = await pidThatAnalyzed();
  for (const [name, isSame] of [
    ['wait', true],
    ['deaf', false],
  ] as const) {
    const abort = new AbortController();
    const job = push(name, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    expect((await pidThatAnalyzed()) === pid).toBe(isSame);
  }
});

it('cancels a file that still waits for a worker', async () => {
  const { push } = aPool();
  const first = new AbortController();
  const second = new AbortController();
  const jobs = [push('wait', { signal: first.signal }), push('song', { signal: second.signal })];
  second.abort();
  await expect(jobs[1]).rejects.toMatchObject({ code: 'cancelled' });
  first.abort();
  await expect(jobs[0]).rejects.toMatchObject({ code: 'cancelled' });
});

it('puts a file into quarantine at its second crash, and tries it again when it changed', async () => {
  const { push, quarantine } = aPool();
  await expect(push('abort')).rejects.toMatchObject({ code: 'worker_crashed' });
  await expect(push('abort')).rejects.toMatchObject({ code: 'quarantined' });
  expect(quarantine.list()).toMatchObject([{ path: fileNamed('abort'), reason: 'crashed the analyzer' }]);
  writeFileSync(join(folder, 'abort.mp3'), 'another length');
  await expect(push('abort')).rejects.toMatchObject({ code: 'worker_crashed' });
});

it('counts the crashes that the queue remembers from before', async () => {
  const { push } = aPool();
  await expect(push('abort', { crashes: 1 })).rejects.toMatchObject({ code: 'quarantined' });
});

it('refuses a quarantined file without starting a worker', async () => {
  const { push, workers } = aPool();
  await push('abort', { crashes: 1 }).catch(() => {});
  const before = workers.length;
  await expect(push('abort')).rejects.toMatchObject({ code: 'quarantined' });
  expect(workers.slice(before).filter(({ current_job }) => current_job !== null)).toEqual([]);
});

it('pauses after five crashes, tells so, and goes on when a person resumes it', async () => {
  const { push, pool, health } = aPool();
  for (const name of ['abort.1', 'abort.2', 'abort.3', 'abort.4', 'abort.5']) await push(name).catch(() => {});
  expect(pool.pausedFor).toMatch(/died in ten minutes/);
  expect(health).toMatchObject([{ status: 'degraded', errors: [expect.stringContaining('paused')] }]);
  const waiting = push('song');
  pool.resume();
  expect((await waiting).heads).toEqual([]);
  expect(health.at(-1)?.status).toBe('healthy');
});

it('keeps the file waiting while workers die at their start, and pauses in the end', async () => {
  let flags = ['--title=dies'];
  const program = () => ({ entry: STUB, flags });
  const host = createNodeHost(Object.defineProperty({}, 'infer', { get: program }));
  const { push, pool } = aPool({ host });
  const job = push('song');
  const paused = new Promise<void>((resolve) => {
    const look = () => (pool.pausedFor ? resolve() : setImmediate(look));
    look();
  });
  await paused;
  flags = [];
  pool.resume();
  expect((await job).heads).toEqual([]);
});

it('replaces a worker after so many files, and when it has grown too large, always between files', async () => {
  const worn = aPool({ limits: { filesPerWorker: 2 } });
  const pids = [await worn.pidThatAnalyzed(), await worn.pidThatAnalyzed(), await worn.pidThatAnalyzed()];
  expect(pids[0]).toBe(pids[1]);
  expect(pids[2]).not.toBe(pids[0]);
  const large = aPool({ limits: { memoryBytes: 30 * 1024 ** 2 } });
  expect(await large.pidThatAnalyzed()).not.toBe(await large.pidThatAnalyzed());
});

it('analyzes as many files at once as it has workers, and can be resized while it runs', async () => {
  const { pool, push, workers } = aPool({ size: 2 });
  const abort = new AbortController();
  const busy = () => new Set(pool.status().flatMap(({ current_job, pid }) => (current_job === null ? [] : [pid]))).size;
  const together = () => {
    let started = 0;
    return new Promise<void>((resolve) => {
      for (const _ of [1, 2]) {
        push('wait', { signal: abort.signal, onProgress: () => ++started === 2 && resolve() }).catch(() => {});
      }
    });
  };
  await together();
  expect(busy()).toBe(2);
  pool.setSize(1);
  abort.abort();
  await push('song');
  expect(pool.status()).toHaveLength(1);
  pool.setSize(3);
  await Promise.all([push('song'), push('song'), push('song')]);
  expect(workers.map(({ component }) => component)).toContain('worker:tag:1');
});

it('gives every worker the new models after a restart', async () => {
  const { pool, pidThatAnalyzed } = aPool();
  const pid = await pidThatAnalyzed();
  await pool.restart();
  expect(await pidThatAnalyzed()).not.toBe(pid);
});

it('lets a worker go that has nothing to do', async () => {
  const { pidThatAnalyzed, pool } = aPool({ limits: { idleMs: 50 } });
  const pid = await pidThatAnalyzed();
  await new Promise<void>((resolve) => {
    const look = () => (pool.status()[0].status === 'stopping' ? resolve() : setImmediate(look));
    look();
  });
  expect(await pidThatAnalyzed()).not.toBe(pid);
});

it('stops when asked, with what waits told so', async () => {
  const { push, pool } = aPool();
  const abort = new AbortController();
  const running = push('wait', { signal: abort.signal, onProgress: () => abort.abort() });
  const waiting = push('song');
  const stopped = pool.stop();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  await stopped;
});

it('closes at once when there is no time left, without holding it against the file', async () => {
  const { push, pool, quarantine } = aPool({ size: 2 });
  const running = push('deaf', { crashes: 1, onProgress: () => void pool.stop(AbortSignal.abort()) });
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  const starting = aPool();
  const job = starting.push('deaf');
  await Promise.all([
    expect(job).rejects.toMatchObject({ code: 'cancelled' }),
    starting.pool.stop(AbortSignal.abort()),
  ]);
  expect(quarantine.list()).toEqual([]);
});

it.each(['cancelled', 'the pool is stopped'])(
  'lets a file go whose worker dies at its start, when it is %s meanwhile',
  async (why) => {
    const abort = new AbortController();
    const host = createNodeHost({ infer: { entry: STUB, flags: [] } });
    const { push, pool } = aPool({
      host: {
        async spawn<To, From>(kind: string, options: { name: string }) {
          if (why === 'cancelled') abort.abort();
          else pool.stop();
          const channel = await host.spawn<To, From>(kind, options);
          channel.kill();
          return channel;
        },
      },
    });
    await expect(push('song', { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
  },
);
