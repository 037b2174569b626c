import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { softChords, wavOf } from '../../../../test/support/synthetic-audio';
import { writeTinyModels } from '../../../../test/support/tiny-model';
import type { Endpoint } from '../../../platform/worker-process';
import { CATALOGUE } from '../store/catalogue';
import { createFileSums } from '../store/file-sums';
import { findModels, toModelSet } from '../store/model-folder';
import { type FromWorker, PROTOCOL, type ToWorker } from './protocol';
import { createWorker } from './worker';

const folder = mkdtempSync(join(tmpdir(), 'tonearm-worker-'));
const song = join(folder, 'song.wav');
writeFileSync(song, wavOf(softChords, { seconds: 12 }));
const found = findModels(writeTinyModels(join(folder, 'models')), {
  catalogue: CATALOGUE,
  sums: createFileSums(),
  isReadOnly: false,
});
const options = { preset: 'balanced', descriptors: true, minDurationS: 7, expectedDurationS: 12 } as const;

/** The worker in this process, with the pool's end of its channel in hand. */
function startWorker() {
  const reported: FromWorker[] = [];
  let wake = () => {};
  let send: (message: ToWorker) => void = () => {};
  const endpoint: Endpoint<ToWorker, FromWorker> = {
    post: (message) => {
      reported.push(structuredClone(message));
      wake();
    },
    onMessage: (listen) => {
      send = listen;
    },
  };
  createWorker(endpoint, () => {});
  async function until<T extends FromWorker['type']>(type: T): Promise<Extract<FromWorker, { type: T }>> {
    for (;;) {
      const at = reported.findIndex((message) => message.type === type);
      if (at >= 0) return reported.splice(at, 1)[0] as Extract<FromWorker, { type: T }>;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return { send: (message: ToWorker) => send(message), until };
}

it('analyzes a file from beginning to end: heads, own tags, embedding and descriptors', async () => {
  const worker = startWorker();
  expect((await worker.until('hello')).protocol).toBe(PROTOCOL);
  worker.send({ type: 'configure', models: toModelSet(found) });
  expect((await worker.until('configured')).problems).toEqual([]);
  worker.send({ type: 'analyze', jobId: 7, file: song, options });
  const { jobId, analysis } = await worker.until('analyzed');
  expect(jobId).toBe(7);
  expect(analysis.durationS).toBeCloseTo(12, 3);
  expect(analysis.patches).toBe(4);
  expect(analysis.heads.map(({ head, kind }) => `${head} ${kind}`)).toEqual([
    'bright softmax',
    'calm softmax',
    'tiny-1_tags sigmoid',
  ]);
  const [calm, notCalm] = analysis.heads[1].scores;
  expect(calm.label).toBe('calm');
  expect(calm.mean + notCalm.mean).toBeCloseTo(1, 5);
  expect(analysis.embeddings[0].vector).toHaveLength(16);
  expect(analysis.descriptors?.loudnessLufs).toBeLessThan(0);
});

it('leaves a model out whose file is no longer the one that was looked at', async () => {
  const worker = startWorker();
  const set = toModelSet(found);
  const [backbone] = set.backbones;
  const changed = {
    ...backbone,
    heads: backbone.heads.map((head, i) => (i ? head : { ...head, sha256: '0'.repeat(64) })),
  };
  worker.send({ type: 'configure', models: { backbones: [changed] } });
  const { problems } = await worker.until('configured');
  expect(problems).toEqual([expect.stringContaining(`${changed.heads[0].name} was left out: its file was changed`)]);
});

it('refuses a file that is too short or damaged with a code, and analyzes the next one', async () => {
  const worker = startWorker();
  const short = join(folder, 'short.wav');
  writeFileSync(short, wavOf(softChords, { seconds: 3 }));
  const damaged = join(folder, 'damaged.mp3');
  writeFileSync(damaged, 'not music at all');
  worker.send({ type: 'analyze', jobId: 1, file: short, options });
  expect((await worker.until('failed')).failure.code).toBe('too_short');
  worker.send({ type: 'analyze', jobId: 2, file: damaged, options });
  expect((await worker.until('failed')).failure.code).toMatch(/unsupported_file|unreadable_audio/);
  worker.send({ type: 'analyze', jobId: 3, file: song, options });
  expect((await worker.until('analyzed')).analysis.heads).toEqual([]);
});

it('stops a cancelled file, running or still waiting', async () => {
  const worker = startWorker();
  worker.send({ type: 'configure', models: toModelSet(found) });
  worker.send({ type: 'analyze', jobId: 1, file: song, options });
  worker.send({ type: 'analyze', jobId: 2, file: song, options });
  worker.send({ type: 'cancel', jobId: 2 });
  worker.send({ type: 'cancel', jobId: 1 });
  for (const jobId of [1, 2])
    expect(await worker.until('failed')).toMatchObject({ jobId, failure: { code: 'cancelled' } });
});

it('loops a file that is shorter than one patch, and says so', async () => {
  const worker = startWorker();
  const brief = join(folder, 'brief.wav');
  writeFileSync(brief, wavOf(softChords, { seconds: 2 }));
  worker.send({ type: 'configure', models: toModelSet(found) });
  worker.send({ type: 'analyze', jobId: 1, file: brief, options: { ...options, minDurationS: 0 } });
  const { analysis } = await worker.until('analyzed');
  expect(analysis).toMatchObject({ patches: 1, isShort: true });
  expect(analysis.heads[0].scores[0].std).toBeNull();
});
