import { execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import {
  createInferencePool,
  createModelStore,
  INFERENCE_FLAGS,
  type ModelSet,
  type Preset,
} from '../../src-main/analysis/inference';
import { workerPrograms } from '../../src-main/app';
import { findPaths } from '../../src-main/platform/paths';
import { createNodeHost } from '../../src-main/platform/worker-process';
import { sharedAudio, sharedModels } from '../support/real-music';
import { requires } from '../support/requirements';
import { record } from './results';
import type { Asked, Spent } from './side-by-side';

const CACHE = join(import.meta.dirname, '.cache');
const ROUNDS = 3;

/** Starts the process that compares, bundled at this moment from the sources. */
async function startComparing() {
  const outDir = join(CACHE, 'side-by-side');
  const ssr = join(import.meta.dirname, 'side-by-side.ts');
  await build({ configFile: false, logLevel: 'warn', build: { ssr, outDir, target: 'node22.14' } });
  const child = fork(join(outDir, 'side-by-side.js'), [], {
    serialization: 'advanced',
    execArgv: [...INFERENCE_FLAGS],
  });
  return {
    compare: (asked: Asked) =>
      new Promise<Spent>((resolve, reject) => {
        const fail = (code: number | null) => reject(new Error(`The process that compares ended with ${code}.`));
        child.once('exit', fail);
        child.once('message', (ratio: Spent) => {
          child.off('exit', fail);
          resolve(ratio);
        });
        child.send(asked);
      }),
    stop: () => child.disconnect(),
  };
}

const yesOrNo = (passes: boolean) => (passes ? 'yes' : 'no');
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

requires('real music and models').it(
  'needs the real models: time per track, compared with ONNX Runtime alone',
  async () => {
    const set = createModelStore({ folders: [sharedModels!] }).current();
    const comparing = await startComparing();
    const files = readdirSync(sharedAudio!).filter((name) => /\.(mp3|flac|ogg|opus|m4a|wav)$/.test(name));
    for (const [preset, descriptors, limit] of [
      ['precise', false, 1.25],
      ['balanced', false, 1.5],
      ['balanced', true, 2.0],
    ] as const) {
      const ratios: Spent[] = [];
      for (const name of files) {
        const ratio = await comparing.compare({ set, file: join(sharedAudio!, name), preset, descriptors });
        ratios.push(ratio);
        console.log(`${preset} ${name}: ${ratio.cpuMs.toFixed(2)}, by the clock ${ratio.wallMs.toFixed(2)}`);
      }
      const [cpu, clock] = [ratios.map(({ cpuMs }) => cpuMs), ratios.map(({ wallMs }) => wallMs)];
      const figure = (values: number[]) => `${median(values).toFixed(2)} (worst ${Math.max(...values).toFixed(2)})`;
      record('analysis', {
        what: `${preset}, ${descriptors ? 'with' : 'without'} descriptors: time per track ÷ ONNX alone, median of ${files.length} files`,
        figure: `${figure(cpu)} of the processor, ${figure(clock)} by the clock`,
        line: `≤ ${limit}`,
        passes: yesOrNo(Math.max(median(cpu), median(clock)) <= limit),
      });
    }
    comparing.stop();
  },
);

/** A worker that loads its models with its first file. */
function aWorker(models: ModelSet) {
  const quarantine = { add() {}, findReason: () => undefined };
  const host = createNodeHost(workerPrograms(findPaths({ models: [sharedModels!] })), console.error);
  const pool = createInferencePool({ host, quarantine, models: () => models, events: { emit() {} } });
  pool.setSize(1);
  return {
    async hear(files: readonly string[], preset: Preset): Promise<void> {
      for (const file of files)
        await pool.analyze({ jobId: 1, file, options: { preset, descriptors: true, minDurationS: 1 } });
    },
    /** The highest resident memory it had, in MB. */
    peakMb: () =>
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pool.status()[0].pid}/status`, 'utf8'))![1]) / 1024,
    stop: () => pool.stop(),
  };
}

requires('real music and models').it('needs the real models: two workers on two cores, compared with one', async () => {
  const set = createModelStore({ folders: [sharedModels!] }).current();
  const files = Array.from({ length: 4 }, () => join(sharedAudio!, 'love_theme.mp3'));
  const workers = [aWorker(set), aWorker(set)];
  // The first file of a process also pays for what is compiled once.
  for (const worker of workers) await worker.hear(files.slice(0, 1), 'balanced');
  const speedups: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await workers[round % 2].hear([...files, ...files], 'balanced');
    const between = performance.now();
    await Promise.all(workers.map((worker) => worker.hear(files, 'balanced')));
    speedups.push((between - start) / (performance.now() - between));
  }
  for (const worker of workers) await worker.stop();
  record('analysis', {
    what: 'two workers on two cores ÷ one',
    figure: `${median(speedups).toFixed(2)}×`,
    line: '≥ 1.8×',
    passes: yesOrNo(median(speedups) >= 1.8),
  });
});

requires('real music and models', 'ffmpeg').it(
  'needs the real models: memory of a worker on a three-hour file',
  async () => {
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
      const worker = aWorker(set);
      await worker.hear([file], 'fast');
      const peak = worker.peakMb();
      await worker.stop();
      record('Memory of a worker', {
        what: `highest resident memory of a worker, three hours of ${extension}`,
        figure: `${peak.toFixed(0)} MB`,
        line: '≤ 350 MB',
        passes: yesOrNo(peak <= 350),
      });
    }
  },
);
