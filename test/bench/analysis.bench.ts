import { execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import {
  analysisVersion,
  analyzeFile,
  createModelStore,
  type FromWorker,
  HEAD_BATCH,
  type Listening,
  type LoadedModels,
  loadModels,
  type ModelSet,
  type Preset,
  WORKER_FLAGS,
} from '../../src-main/inference';
import { sharedAudio, sharedModels } from '../shared';
import { record } from './results';

const WORKER = join(import.meta.dirname, '../../out/main/workers/infer.js');
const CACHE = join(import.meta.dirname, '.cache');
const ROUNDS = 3;

/** Time by the clock and time of the processor, all threads together; on a busy machine only the latter says much. */
interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 };
}

/** What ONNX Runtime alone does for a track's own patches: the model for each and its heads, nothing decoded or pooled. */
async function onnxAlone({ backbones: [backbone] }: LoadedModels, patches: readonly Float32Array[]): Promise<void> {
  const embeddings = new Float32Array(HEAD_BATCH * backbone.embeddingSize);
  for (const [i, patch] of patches.entries()) {
    backbone.patch.set(patch);
    embeddings.set((await backbone.run()).embedding, (i % HEAD_BATCH) * backbone.embeddingSize);
    if (i % HEAD_BATCH < HEAD_BATCH - 1 && i < patches.length - 1) continue;
    for (const head of backbone.heads) await head.run(embeddings);
  }
}

/** The patches that the models are given for a track. */
async function patchesOf(models: LoadedModels, file: string, preset: Preset): Promise<Float32Array[]> {
  const patches: Float32Array[] = [];
  const [backbone] = models.backbones;
  const run = () => {
    patches.push(backbone.patch.slice());
    return backbone.run();
  };
  const listening = { version: '', preset, descriptors: true, minDurationS: 1 };
  await analyzeFile(file, { ...listening, models: { ...models, backbones: [{ ...backbone, run }] } });
  return patches;
}

/** How many times as long as ONNX Runtime alone a file takes; the sides take turns, so that both meet the same weather. */
async function compared(file: string, listening: Listening): Promise<Spent> {
  // Also compiles what is compiled once a process.
  const patches = await patchesOf(listening.models, file, listening.preset);
  const rounds: { whole: Spent; alone: Spent }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const whole = await spent(() => analyzeFile(file, listening));
    rounds.push({ whole, alone: await spent(() => onnxAlone(listening.models, patches)) });
  }
  const ratio = (of: keyof Spent) =>
    median(rounds.map(({ whole }) => whole[of])) / median(rounds.map(({ alone }) => alone[of]));
  return { cpuMs: ratio('cpuMs'), wallMs: ratio('wallMs') };
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
      const ratios: Spent[] = [];
      const listening = { models, version: analysisVersion(preset, set), preset, descriptors, minDurationS: 1 };
      for (const name of files) {
        const ratio = await compared(join(sharedAudio!, name), listening);
        ratios.push(ratio);
        console.log(`${preset} ${name}: ${ratio.cpuMs.toFixed(2)}, by the clock ${ratio.wallMs.toFixed(2)}`);
      }
      const cpu = ratios.map(({ cpuMs }) => cpuMs);
      const byClock = median(ratios.map(({ wallMs }) => wallMs)).toFixed(2);
      record('analysis', {
        what: `${preset}, ${descriptors ? 'with' : 'without'} descriptors: processor time per track ÷ ONNX alone`,
        figure: `${median(cpu).toFixed(2)} (worst ${Math.max(...cpu).toFixed(2)}, by the clock ${byClock})`,
        line: `≤ ${limit}`,
        passes: yesOrNo(Math.max(...cpu) <= limit),
      });
    }
    await models.release();
  },
);

/** A worker process with its models loaded, spoken to as the pool does. */
async function startWorker(set: ModelSet) {
  const child = fork(WORKER, [], {
    execArgv: [...WORKER_FLAGS],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = (type: FromWorker['type']) =>
    new Promise<void>((resolve, reject) => {
      const listen = (message: FromWorker) => {
        if (message.type === 'failed') reject(new Error(message.failure.message));
        if (message.type !== type) return;
        child.off('message', listen);
        resolve();
      };
      child.on('message', listen);
      child.once('exit', (code) => reject(new Error(`The worker ended with ${code}.`)));
    });
  await answer('hello');
  child.send({ type: 'configure', models: set });
  await answer('configured');
  return {
    async hear(files: readonly string[], preset: Preset): Promise<void> {
      for (const file of files) {
        child.send({ type: 'analyze', jobId: 1, file, options: { preset, descriptors: true, minDurationS: 1 } });
        await answer('analyzed');
      }
    },
    /** The highest resident memory it had, in MB. */
    peakMb: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024,
    stop: () => child.send({ type: 'shutdown' }),
  };
}

it.skipIf(!sharedModels || !sharedAudio)(
  'needs the real models: two workers on two cores, compared with one',
  async () => {
    const set = createModelStore({ folders: [sharedModels!] }).current();
    const files = Array.from({ length: 4 }, () => join(sharedAudio!, 'love_theme.mp3'));
    const workers = await Promise.all([startWorker(set), startWorker(set)]);
    // The first file of a process also pays for what is compiled once.
    for (const worker of workers) await worker.hear(files.slice(0, 1), 'balanced');
    const speedups: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const one = await spent(() => workers[round % 2].hear([...files, ...files], 'balanced'));
      const two = await spent(() => Promise.all(workers.map((worker) => worker.hear(files, 'balanced'))));
      speedups.push(one.wallMs / two.wallMs);
    }
    for (const worker of workers) worker.stop();
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
    const worker = await startWorker(set);
    await worker.hear([file], 'fast');
    const peak = worker.peakMb();
    worker.stop();
    record('Memory of a worker', {
      what: `highest resident memory of a worker, three hours of ${extension}`,
      figure: `${peak.toFixed(0)} MB`,
      line: '≤ 350 MB',
      passes: yesOrNo(peak <= 350),
    });
  }
});
