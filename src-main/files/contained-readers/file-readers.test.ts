import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Endpoint } from '../../platform/worker-process';
import { createNodeHost } from '../../platform/worker-process';
import { AppError } from '../../rpc';
import { createFileReaders, type FileReader, READER_KIND, type ReaderSet, serveReaders } from '.';
import type { FromReader, ToReader } from './protocol';
import type { ReaderLimits } from './reader-worker';

const NEVER_MS = 2 ** 31 - 1;
const STUB = join(import.meta.dirname, '../../../test/support/stub-reader.mjs');
const readers = { song: { read: async (_: string) => 0 } satisfies FileReader<string, number> };

function start(limits: Partial<ReaderLimits> = {}, flags: readonly string[] = []) {
  const host = createNodeHost({ [READER_KIND]: { entry: STUB, flags } });
  const made = createFileReaders({ host, readers, limits: { watchMs: 20, ...limits } });
  onTestFinished(made.stop);
  return made;
}

it('reads many at once in one process, which is kept', async () => {
  const { read } = start();
  const pids = await Promise.all(Array.from({ length: 100 }, (_, at) => read('song', `${at}`)));
  expect(new Set(pids).size).toBe(1);
  expect(await read('song', 'later')).toBe(pids[0]);
  expect(pids[0]).not.toBe(process.pid);
});

it.each([
  ['abort', 'worker_crashed'],
  ['leave', 'worker_crashed'],
  ['hang', 'timed_out'],
  ['memory', 'too_large'],
] as const)(
  'finds out among others which one does "%s", refuses it with %s, and reads the rest',
  async (what, code) => {
    // Only what hangs is ended by the time: on a busy machine the others may take any.
    const [timeoutMs, startMs] = [what === 'hang' ? 2_000 : NEVER_MS, NEVER_MS];
    const { read } = start({ timeoutMs, startMs, memoryBytes: 250 * 1024 ** 2 });
    const inputs = ['a', 'b', what, 'c', 'd'];
    const results = await Promise.allSettled(inputs.map((input) => read('song', input)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(results[2]).toMatchObject({ reason: { code } });
    expect(await read('song', 'after')).toBeGreaterThan(0);
  },
);

it('lets go of what is cancelled, waiting or being read, and of everything when it is stopped', async () => {
  const { read, stop } = start();
  const abort = new AbortController();
  const { signal } = abort;
  const both = [read('song', 'wait', { signal }), read('song', 'wait')];
  const refused = both.map((each) => expect(each).rejects.toMatchObject({ code: 'cancelled' }));
  await read('song', 'other');
  abort.abort();
  await refused[0];
  await expect(read('song', 'x', { signal })).rejects.toMatchObject({ code: 'cancelled' });
  await stop();
  await refused[1];
  await expect(read('song', 'x')).rejects.toMatchObject({ code: 'cancelled' });
});

it('lets a process without work go, and starts another when there is some', async () => {
  const { read } = start({ idleMs: 1 });
  const first = await read('song', 'a');
  await expect.poll(() => isRunning(first)).toBe(false);
  expect(await read('song', 'b')).not.toBe(first);
});

it('says so when the process cannot be started at all', async () => {
  const { read } = start({}, ['--no-warnings']);
  await expect(read('song', 'a')).rejects.toMatchObject({ code: 'worker_crashed' });
});

it('results with reasons, and refuses results that are out of all proportion', async () => {
  const results = await resultsOf(
    {
      long: { read: async () => ({ words: ['x'.repeat(600)] }), maxResultBytes: 1000 },
      short: { read: async () => ({ words: ['x'.repeat(400)] }), maxResultBytes: 1000 },
      broken: {
        read: async () => {
          throw new AppError('unreadable_audio', 'It is damaged.');
        },
      },
    },
    ['long', 'short', 'broken'],
  );
  expect(results).toMatchObject([
    { id: 0, outcome: { ok: false, error: { code: 'too_large' } } },
    { id: 1, outcome: { ok: true } },
    { id: 2, outcome: { ok: false, error: { code: 'unreadable_audio', message: 'It is damaged.' } } },
  ]);
});

/** What the worker's side results when each of these is asked once, at once. */
async function resultsOf(set: ReaderSet, names: readonly string[]): Promise<FromReader['results']> {
  let ask: (message: ToReader) => void = () => {};
  const { promise, resolve } = Promise.withResolvers<FromReader['results']>();
  const endpoint: Endpoint<ToReader, FromReader> = {
    post: ({ results }) => results.length > 0 && resolve(results),
    onMessage: (listen) => {
      ask = listen;
    },
  };
  serveReaders(set, endpoint);
  ask({ requests: names.map((name, id) => ({ id, name, input: null })) });
  return promise;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
