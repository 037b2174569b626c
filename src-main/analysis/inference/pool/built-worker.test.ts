import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requires } from '../../../../test/support/requirements';
import { softChords, wavOf } from '../../../../test/support/synthetic-audio';
import { writeTinyModels } from '../../../../test/support/tiny-model';
import { EVENTS } from '../../../app/contract';
import { workerPrograms } from '../../../app/worker-programs';
import { openDatabase } from '../../../platform/database';
import { createEventBus } from '../../../platform/events';
import { findPaths } from '../../../platform/paths';
import { createNodeHost } from '../../../platform/worker-process';
import { findFfmpeg } from '../../audio';
import { createQuarantineRepository } from '../results/quarantine-repository';
import { CATALOGUE } from '../store/catalogue';
import { createFileSums } from '../store/file-sums';
import { findModels, toModelSet } from '../store/model-folder';
import { createInferencePool, type InferencePool } from './inference-pool';
import { createInspector } from './inspector';

const ROOT = join(import.meta.dirname, '../../../..');
const WORKER = join(ROOT, 'out/main/workers/infer.js');
const folder = mkdtempSync(join(tmpdir(), 'tonearm-built-'));
const models = toModelSet(
  findModels(writeTinyModels(join(folder, 'models')), {
    catalogue: CATALOGUE,
    sums: createFileSums(),
    isReadOnly: false,
  }),
);
const programs = workerPrograms(findPaths({ data: join(folder, 'data'), models: [join(folder, 'models')] }));
const song = join(folder, 'song.wav');
const longSong = join(folder, 'long.wav');
const options = { preset: 'balanced', descriptors: true, minDurationS: 7, expectedDurationS: 30 } as const;

let pool: InferencePool;
beforeAll(() => {
  writeFileSync(song, wavOf(softChords, { seconds: 30 }));
  writeFileSync(
    longSong,
    wavOf(() => 0, { seconds: 1200, sampleRate: 48_000 }),
  );
  pool = createInferencePool({
    host: createNodeHost(programs),
    models: () => models,
    events: createEventBus(EVENTS),
    quarantine: createQuarantineRepository(openDatabase(':memory:')),
    ffmpeg: findFfmpeg,
  });
  pool.setSize(1);
});
afterAll(() => pool.stop(AbortSignal.abort()));

it('analyzes a file in a process of its own, with heads, embedding and descriptors', async () => {
  const analysis = await pool.analyze({ jobId: 1, file: song, options });
  expect(analysis.patches).toBe(10);
  expect(analysis.heads.map(({ head }) => head)).toEqual(['bright', 'calm', 'tiny-1_tags']);
  expect(analysis.embeddings[0].vector).toBeInstanceOf(Float32Array);
  expect(analysis.descriptors?.truePeakDbtp).toBeLessThan(0);
  expect(pool.errors()).toEqual([]);
});

it('stops a long file when it is cancelled, without losing the worker', async () => {
  const [{ pid }] = pool.status();
  const abort = new AbortController();
  const job = pool.analyze({
    jobId: 2,
    file: longSong,
    options: { ...options, expectedDurationS: 1200 },
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  await expect(job).rejects.toMatchObject({ code: 'cancelled' });
  await pool.analyze({ jobId: 3, file: song, options });
  expect(pool.status()[0].pid).toBe(pid);
});

requires('ffmpeg').it('hands what our decoders refuse to FFmpeg, in a process that may start it', async () => {
  const unknown = join(folder, 'unknown.mka');
  execFileSync('ffmpeg', ['-v', 'error', '-i', song, '-c:a', 'flac', unknown]);
  const analysis = await pool.analyze({ jobId: 4, file: unknown, options });
  expect(analysis.decodedBy).toMatch(/^ffmpeg \d/);
  expect(analysis.durationS).toBeCloseTo(30, 1);
  const noise = join(folder, 'noise.mka');
  writeFileSync(noise, 'no sound at all');
  await expect(pool.analyze({ jobId: 5, file: noise, options })).rejects.toMatchObject({ code: 'unsupported_file' });
});

it('looks into a model in a process of its own', async () => {
  const inspect = createInspector(createNodeHost(programs));
  const [{ file, name }] = models.backbones;
  expect(await inspect(file, name, 'embedding')).toEqual({ embeddingSize: 16, labels: 3 });
  await expect(inspect(song, 'song', 'softmax')).rejects.toMatchObject({ code: 'invalid_input' });
  const dying = createInspector(
    createNodeHost({ infer: { entry: join(ROOT, 'test/support/stub-worker.mjs'), flags: [] } }),
  );
  await expect(dying(file, name, 'embedding')).rejects.toMatchObject({ code: 'invalid_input' });
});

it('leaves by itself when the process that started it is killed', async () => {
  const parent = fork(join(ROOT, 'test/support/lone-parent.mjs'), [WORKER, JSON.stringify(models), longSong]);
  const [worker] = (await once(parent, 'message')) as [number];
  parent.kill('SIGKILL');
  while (isRunning(worker)) await wait(20);
  expect(isRunning(worker)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
