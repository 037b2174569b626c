import {
  type AnalysisOptions,
  analyzeFile,
  HEAD_BATCH,
  type LoadedModels,
  loadModels,
  type ModelSet,
  type Preset,
} from '../../src-main/analysis/inference';

/**
 * Compares the analysis of a file with ONNX Runtime alone, in a process of its own: bundled as the application's workers
 * are and started with their flags, so that compiler and collector do for it what they do for them.
 */
export interface Asked {
  readonly set: ModelSet;
  readonly file: string;
  readonly preset: Preset;
  readonly descriptors: boolean;
}

/** Time by the clock and time of the processor, all threads together; on a busy machine only the latter says much. */
export interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Odd, so that the median is one of them. */
const ROUNDS = 5;

let models: LoadedModels | undefined;

/** How many times as long as ONNX Runtime alone a file takes: the median of rounds in which the sides take turns. */
async function compare({ set, file, preset, descriptors }: Asked): Promise<Spent> {
  models ??= await loadModels(set);
  const options = { models, version: '', preset, descriptors, minDurationS: 1 };
  // Also compiles what is compiled once a process.
  const patches = await patchesOf(file, options, models);
  const sides = { whole: () => analyzeFile(file, options), alone: () => onnxAlone(models!, patches) };
  const ratios: Spent[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Each is first every other time: what one leaves behind, in caches and to the collector, the other meets.
    const first = round % 2 === 0 ? 'whole' : 'alone';
    const second = first === 'whole' ? 'alone' : 'whole';
    const took = { [first]: await spent(sides[first]), [second]: await spent(sides[second]) };
    const { whole, alone } = took;
    ratios.push({ wallMs: whole.wallMs / alone.wallMs, cpuMs: whole.cpuMs / alone.cpuMs });
  }
  return { wallMs: median(ratios.map(({ wallMs }) => wallMs)), cpuMs: median(ratios.map(({ cpuMs }) => cpuMs)) };
}

async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 };
}

/** The patches that the models are given for a track. */
async function patchesOf(file: string, options: AnalysisOptions, { backbones: [backbone] }: LoadedModels) {
  const patches: Float32Array[] = [];
  const run = () => {
    patches.push(backbone.patch.slice());
    return backbone.run();
  };
  await analyzeFile(file, { ...options, models: { ...options.models, backbones: [{ ...backbone, run }] } });
  return patches;
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

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

process.on('message', async (asked: Asked) => process.send!(await compare(asked)));
process.on('disconnect', () => process.exit(0));
