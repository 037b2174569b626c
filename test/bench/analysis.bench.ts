import { execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import {
  analysisVersion,
  analyzeFile,
  createModelStore,
  type FromWorker,
  type LoadedModels,
  loadModels,
  type ModelSet,
  type Preset,
} from '../../src-main/inference';
import { sharedAudio, sharedModels } from '../shared';
import { record } from './results';

const WORKER = join(import.meta.dirname, '../../out/main/workers/infer.js');
const CACHE = join(import.meta.dirname, '.cache');
const ROUNDS = 3;

/** What ONNX Runtime alone needs for the patches that a track has, nothing decoded and nothing pooled. */
async function onnxAlone(models: LoadedModels, patches: number): Promise<number> {
  const [backbone] = models.backbones;
  backbone.patch.fill(0.5);
  const start = performance.now();
  for (let i = 0; i < patches; i++) await backbone.run();
  return performance.now() - start;
}

async function listen(models: LoadedModels, set: ModelSet, file: string, preset: Preset, descriptors: boolean) {
  const version = analysisVersion(preset, set);
  const start = performance.now();
  const analysis = await analyzeFile(file, { models, version, preset, descriptors, minDurationS: 1 });
  return { ms: performance.now() - start, patches: analysis.patches, seconds: analysis.durationS };
}

const yesOrNo = (passes: boolean) => (passes ? 'yes' : 'no');
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

it.skipIf(!sharedModels || !sharedAudio)(
  'needs the real models: time per track, compared with ONNX Runtime alone',
  async () => {
    const set = createModelStore({ folders: [sharedModels!] }).current();
    const models = await loadModels(set);
    const files = readdirSync(sharedAudio!).filter((name) => /\.(mp3|flac|ogg|opus|m4a|wav)$/.test(name));
    for (const [preset, descriptors, limit] of [
      ['precise', false, 1.25],
      ['balanced', false, 1.5],
      ['balanced', true, 2.0],
    ] as const) {
      const ratios: number[] = [];
      let audio = 0;
      let spent = 0;
      for (const name of files) {
        // Alternating, so that both sides meet the same weather on a noisy machine.
        const rounds = [];
        for (let round = 0; round < ROUNDS; round++) {
          const whole = await listen(models, set, join(sharedAudio!, name), preset, descriptors);
          rounds.push({ ...whole, alone: await onnxAlone(models, whole.patches) });
        }
        ratios.push(median(rounds.map(({ ms }) => ms)) / median(rounds.map(({ alone }) => alone)));
        audio += rounds[0].seconds;
        spent += median(rounds.map(({ ms }) => ms)) / 1000;
      }
      record('analysis', {
        what: `${preset}, ${descriptors ? 'with' : 'without'} descriptors: time per track ÷ ONNX alone`,
        figure: `${median(ratios).toFixed(2)} (worst ${Math.max(...ratios).toFixed(2)}), ×${(audio / spent).toFixed(0)} real time`,
        line: `≤ ${limit}`,
        passes: yesOrNo(median(ratios) <= limit),
      });
    }
    await models.release();
  },
);

/** A worker process, spoken to as the pool does; resolves with its highest resident memory in MB. */
async function runWorker(jobs: readonly string[], set: ModelSet, preset: Preset): Promise<number> {
  const child = fork(WORKER, [], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = [...jobs];
  let peakMb = 0;
  return new Promise((resolve, reject) => {
    const next = () => {
      const file = waiting.shift();
      peakMb = Math.max(
        peakMb,
        Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024,
      );
      if (!file) {
        child.send({ type: 'shutdown' });
        resolve(peakMb);
        return;
      }
      const options = { preset, descriptors: true, minDurationS: 1 };
      child.send({ type: 'analyze', jobId: waiting.length, file, options });
    };
    child.on('message', (message: FromWorker) => {
      if (message.type === 'hello') child.send({ type: 'configure', models: set });
      if (message.type === 'configured' || message.type === 'analyzed') next();
      if (message.type === 'failed') reject(new Error(message.failure.message));
    });
    child.on('error', reject);
  });
}

it.skipIf(!sharedModels || !sharedAudio)(
  'needs the real models: two workers on two cores, compared with one',
  async () => {
    const set = createModelStore({ folders: [sharedModels!] }).current();
    const files = Array.from({ length: 8 }, () => join(sharedAudio!, 'love_theme.mp3'));
    await runWorker(files.slice(0, 1), set, 'balanced');
    const timed = async (run: () => Promise<unknown>) => {
      const start = performance.now();
      await run();
      return performance.now() - start;
    };
    const speedups: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const one = await timed(() => runWorker(files, set, 'balanced'));
      const two = await timed(() =>
        Promise.all([runWorker(files.slice(0, 4), set, 'balanced'), runWorker(files.slice(4), set, 'balanced')]),
      );
      speedups.push(one / two);
    }
    record('analysis', {
      what: 'two workers on two cores ÷ one',
      figure: `${median(speedups).toFixed(2)}×`,
      line: '≥ 1.8×',
      passes: yesOrNo(median(speedups) >= 1.8),
    });
  },
);

it.skipIf(!sharedModels)('needs the real models: memory of a worker on a three-hour file', async () => {
  const set = createModelStore({ folders: [sharedModels!] }).current();
  mkdirSync(CACHE, { recursive: true });
  for (const extension of ['mp3', 'flac', 'm4a', 'ogg', 'opus', 'wav']) {
    const file = join(CACHE, `three-hours.${extension}`);
    if (!existsSync(file)) {
      const source = 'anoisesrc=color=pink:amplitude=0.2:seed=1:duration=10800:sample_rate=44100';
      const rate = extension === 'opus' ? '48000' : '44100';
      execFileSync('ffmpeg', [
        '-v',
        'error',
        '-f',
        'lavfi',
        '-i',
        source,
        '-ac',
        '2',
        '-ar',
        rate,
        '-b:a',
        '96k',
        '-y',
        file,
      ]);
    }
    const peak = await runWorker([file], set, 'fast');
    record('analysis', {
      what: `highest resident memory of a worker, three hours of ${extension}`,
      figure: `${peak.toFixed(0)} MB`,
      line: '≤ 350 MB',
      passes: yesOrNo(peak <= 350),
    });
  }
});
