import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { softChords, wavOf } from '../../../../test/support/synthetic-audio';
import { tinyEmbeddingModel, tinyHeadModel } from '../../../../test/support/tiny-model';
import type { Preset } from '../session/analysis';
import { analysisVersion } from '../session/analysis-version';
import { NO_MODELS } from '../session/model-set';
import { type LoadedModels, loadModels } from '../session/sessions';
import { CATALOGUE } from '../store/catalogue';
import { createFileSums } from '../store/file-sums';
import { findModels, toModelSet } from '../store/model-folder';
import { analyzeFile } from './analyze';
import { hopOf } from './patch-analyzer';

const folder = mkdtempSync(join(tmpdir(), 'tonearm-analyze-'));
const song = join(folder, 'song.wav');
const put = (path: string, content: Buffer | object) => {
  const file = join(folder, 'models', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.isBuffer(content) ? content : JSON.stringify(content));
};

let models: LoadedModels;
let set: ReturnType<typeof toModelSet>;
beforeAll(async () => {
  writeFileSync(song, wavOf(softChords, { seconds: 130 }));
  // Three backbones of different shapes that have a head for the same task, and one head that fits none.
  put('musicnn/embeddings/a.onnx', tinyEmbeddingModel());
  put('musicnn/heads/softmax/calm-a.onnx', tinyHeadModel());
  put('musicnn/heads/softmax/calm-a.json', { classes: ['calm', 'not_calm'] });
  put('musicnn/heads/softmax/wrong-a.onnx', tinyHeadModel({ classes: 3 }));
  put('musicnn/heads/softmax/wrong-a.json', { classes: ['one', 'two'] });
  put('effnet/embeddings/b.onnx', tinyEmbeddingModel({ frames: 128 }));
  put('effnet/heads/sigmoid/calm-b.onnx', tinyHeadModel({ seed: 3 }));
  put('effnet/heads/sigmoid/calm-b.json', { classes: ['calm', 'not_calm'] });
  put('yamnet/embeddings/c.onnx', tinyEmbeddingModel({ frames: 96, bands: 64 }));
  put('yamnet/heads/identity/valence-c.onnx', tinyHeadModel());
  put('yamnet/heads/identity/valence-c.json', { type: 'regression model', classes: ['valence', 'arousal'] });
  const found = findModels(join(folder, 'models'), { catalogue: CATALOGUE, sums: createFileSums(), isReadOnly: true });
  set = toModelSet(found);
  models = await loadModels(set);
});
afterAll(() => models.release());

const push = (preset: Preset) =>
  analyzeFile(song, { preset, descriptors: false, minDurationS: 7, models, version: analysisVersion(preset, set) });

it('analyzes with several backbones at once; the preferred one keeps the plain name of a task that two have', async () => {
  const { heads, embeddings } = await push('balanced');
  expect(heads.map(({ head, backbone, kind }) => `${head} ${backbone} ${kind}`)).toEqual([
    'calm effnet sigmoid',
    'calm-a musicnn softmax',
    'valence yamnet identity',
  ]);
  expect(embeddings.map(({ backbone }) => backbone)).toEqual(['effnet', 'musicnn', 'yamnet']);
});

it('leaves out a head that does not fit its labels, and says so', () => {
  expect(models.problems).toEqual([expect.stringContaining('wrong-a')]);
});

it('lays patches by the preset: overlapping, one after another, or at most forty', async () => {
  const [precise, balanced, fast] = [await push('precise'), await push('balanced'), await push('fast')];
  const frames = Math.ceil((130 * 16_000) / 256);
  expect(precise.patches).toBe(Math.floor((frames - 128) / 62) + 1);
  expect(balanced.patches).toBe(Math.floor(frames / 128));
  expect(fast.patches).toBe(40);
  expect([hopOf(187, 'precise'), hopOf(128, 'precise'), hopOf(96, 'precise'), hopOf(96, 'fast')]).toEqual([
    93, 62, 93, 96,
  ]);
});

it('gives the same numbers for the same file, twice', async () => {
  expect(await push('balanced')).toEqual(await push('balanced'));
});

it('names in the version what the scores depend on', () => {
  const version = analysisVersion('balanced', set);
  expect(version).toMatch(/^1\/d\d+r\d+m\d+p\d+\/ort1\.\d+\.\d+\/balanced\/[0-9a-f]{12}$/);
  expect(analysisVersion('precise', set)).not.toBe(version);
  expect(analysisVersion('balanced', NO_MODELS)).toMatch(/none$/);
  const [first, ...others] = set.backbones;
  const relabelled = {
    ...first,
    heads: first.heads.map((head) => ({ ...head, classes: [...head.classes].reverse() })),
  };
  expect(analysisVersion('balanced', { backbones: [relabelled, ...others] })).not.toBe(version);
});

it('tells its progress from the expected length', async () => {
  const fractions: number[] = [];
  const onProgress = (fraction: number) => fractions.push(fraction);
  const asked = { preset: 'fast', descriptors: false, minDurationS: 0, expectedDurationS: 130 } as const;
  await analyzeFile(song, { ...asked, models, version: 'v', onProgress });
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions[0]).toBeLessThan(0.5);
  expect(fractions.at(-1)).toBe(1);
});

it('asks the models once about hours of digital silence', async () => {
  const silent = join(folder, 'silent.wav');
  writeFileSync(
    silent,
    wavOf(() => 0, { seconds: 130 }),
  );
  const runs = models.backbones.map(() => 0);
  const backbones = models.backbones.map((backbone, at) => ({
    ...backbone,
    run: () => {
      runs[at] += 1;
      return backbone.run();
    },
  }));
  const options = { preset: 'balanced', descriptors: false, minDurationS: 7, version: '1' } as const;
  const { patches } = await analyzeFile(silent, { ...options, models: { ...models, backbones } });
  expect(patches).toBeGreaterThan(30);
  // The first and the last patch hold what the filters make of the beginning and the end.
  for (const times of runs) expect(times).toBeLessThanOrEqual(3);
});

it('refuses at once what lasts longer than a day, however small it is on the disk', async () => {
  const endless = join(folder, 'endless.wav');
  const bytes = 4 * 10 ** 9;
  const header = wavOf(() => 0, { seconds: 0, sampleRate: 8000 });
  header.writeUInt32LE(bytes - 8, 4);
  header.writeUInt32LE(bytes - 44, 40);
  writeFileSync(endless, header);
  truncateSync(endless, bytes);
  const options = { preset: 'fast', descriptors: true, minDurationS: 7, version: '1', models } as const;
  await expect(analyzeFile(endless, options)).rejects.toMatchObject({
    code: 'too_large',
    message: expect.stringContaining('24 hours'),
  });
});
