import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { AppError, toFailure } from '../../../rpc';
import type { BackboneModel, HeadModel, ModelSet } from './model-set';
import { loadRuntime, type Runtime } from './runtime';
import { type EmbeddingTensors, embeddingTensors, type HeadTensors, headTensors } from './tensors';

/** Heads take this many embeddings at once, always: a batch of varying size would let ONNX Runtime's memory grow. */
export const HEAD_BATCH = 32;

interface LoadedHead {
  readonly model: HeadModel;
  /** Activations of `HEAD_BATCH` embeddings, row by row; valid until the next call. */
  run(embeddings: Float32Array): Promise<Float32Array>;
}

export interface LoadedBackbone {
  readonly model: BackboneModel;
  readonly frames: number;
  readonly bands: number;
  readonly embeddingSize: number;
  readonly heads: readonly LoadedHead[];
  /** Fill this with one patch, frame by frame, before `run`. */
  readonly patch: Float32Array;
  run(): Promise<{ embedding: Float32Array; activations: Float32Array | null }>;
}

export interface LoadedModels {
  readonly backbones: readonly LoadedBackbone[];
  /** What could not be used, as sentences. */
  readonly problems: readonly string[];
  /** What runs them: `onnxruntime 1.30.0, optimised 1`. Stored with every analysis. */
  readonly runtime: string;
  release(): Promise<void>;
}

/** What is loaded before any model is. */
export const NO_LOADED_MODELS: LoadedModels = { backbones: [], problems: [], runtime: 'none', release: async () => {} };

/** Opens the file as an ONNX model. Throws `invalid_input` when it is none. */
export async function openSession(file: string, runtime: Runtime = loadRuntime()): Promise<InferenceSession> {
  try {
    return await runtime.open(file);
  } catch (cause) {
    throw new AppError('invalid_input', `${file} is not a model that ONNX Runtime can load.`, { cause });
  }
}

/** Throws `invalid_input` for a file that is another than when the models were looked for: nobody has checked that one. */
async function checkSum({ name, file, sha256 }: Pick<HeadModel, 'name' | 'file' | 'sha256'>): Promise<void> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  } catch (cause) {
    throw new AppError('invalid_input', `${file} could not be read.`, { cause });
  }
  const found = hash.digest('hex');
  if (found !== sha256)
    throw new AppError('invalid_input', `${name} was left out: its file was changed, its SHA-256 is ${found} now.`);
}

/**
 * Loads every model of a set once, to be kept for all files. A model that does not load, or whose file is no longer the
 * one of the set, is left out and told.
 */
export async function loadModels(set: ModelSet): Promise<LoadedModels> {
  if (set.backbones.length === 0) return NO_LOADED_MODELS;
  const runtime = loadRuntime(set.backend);
  const sessions: InferenceSession[] = [];
  const problems: string[] = [];
  const backbones: LoadedBackbone[] = [];
  const open: Open = async (model) => {
    await checkSum(model);
    const session = await openSession(model.file, runtime);
    sessions.push(session);
    return session;
  };
  for (const model of set.backbones) {
    try {
      backbones.push(await loadBackbone(model, { runtime, open, problems }));
    } catch (thrown) {
      problems.push(toFailure(thrown).message);
    }
  }
  const revisions = new Set(backbones.flatMap(({ model }) => model.optimised?.revision ?? []));
  return {
    backbones,
    problems,
    runtime: [runtime.name, ...[...revisions].map((revision) => `optimised ${revision}`)].join(', '),
    async release() {
      for (const session of sessions) await session.release();
    },
  };
}

type Open = (model: Pick<HeadModel, 'name' | 'file' | 'sha256'>) => Promise<InferenceSession>;

interface Loading {
  readonly runtime: Runtime;
  readonly open: Open;
  readonly problems: string[];
}

async function loadBackbone(model: BackboneModel, { runtime, open, problems }: Loading): Promise<LoadedBackbone> {
  const heads: { model: HeadModel; session: InferenceSession; tensors: HeadTensors }[] = [];
  for (const head of model.heads) {
    try {
      const session = await open(head);
      heads.push({ model: head, session, tensors: headTensors(session, head.name) });
    } catch (thrown) {
      problems.push(toFailure(thrown).message);
    }
  }
  const { session, optimised } = await openBackbone(model, open, problems);
  const tensors = embeddingTensors(session, model.name, heads.at(0)?.tensors.inputSize);
  const { size } = tensors.embedding;
  const fitting = heads.filter(({ model, tensors }) => {
    const fits = tensors.inputSize === size && tensors.outputSize === model.classes.length;
    if (!fits)
      problems.push(
        `${model.name} does not fit: it has ${tensors.outputSize} outputs for ${model.classes.length} classes.`,
      );
    return fits;
  });
  const wantsActivations = model.activations?.classes.length === tensors.activations?.size;
  const runner = createPatchRunner({ session, runtime }, tensors, wantsActivations);
  const activations = wantsActivations ? model.activations : null;
  return {
    ...runner,
    model: { ...model, activations, optimised },
    heads: fitting.map((head) => runnableHead(head, runtime)),
  };
}

/** The optimised model where there is one that is still what was proven, else the published one. */
async function openBackbone(model: BackboneModel, open: Open, problems: string[]) {
  const { name, optimised } = model;
  if (optimised) {
    try {
      await checkSum(model);
      return { session: await open({ name, ...optimised }), optimised };
    } catch (thrown) {
      problems.push(`${toFailure(thrown).message} The published model is used.`);
    }
  }
  return { session: await open(model), optimised: undefined };
}

/** Runs an embedding model on one patch after another. */
export type PatchRunner = Pick<LoadedBackbone, 'frames' | 'bands' | 'embeddingSize' | 'patch' | 'run'>;

export function createPatchRunner(
  { session, runtime }: { session: InferenceSession; runtime: Runtime },
  tensors: EmbeddingTensors,
  wantsActivations: boolean,
): PatchRunner {
  const { frames, bands, embedding, activations } = tensors;
  const patch = new Float32Array(frames * bands);
  const dims = tensors.isBatched ? [1, frames, bands] : [frames, bands];
  const feeds = { [tensors.input]: new runtime.Tensor('float32', patch, dims) };
  // Asking only for what is used spares the copy of the rest.
  const wanted = activations && wantsActivations ? activations.name : null;
  const fetches = wanted ? [embedding.name, wanted] : [embedding.name];
  return {
    frames,
    bands,
    embeddingSize: embedding.size,
    patch,
    async run() {
      const outputs = await session.run(feeds, fetches);
      return { embedding: floats(outputs[embedding.name]), activations: wanted ? floats(outputs[wanted]) : null };
    },
  };
}

function runnableHead(
  head: { model: HeadModel; session: InferenceSession; tensors: HeadTensors },
  runtime: Runtime,
): LoadedHead {
  const { model, session, tensors } = head;
  const buffer = new Float32Array(HEAD_BATCH * tensors.inputSize);
  const feeds = { [tensors.input]: new runtime.Tensor('float32', buffer, [HEAD_BATCH, tensors.inputSize]) };
  return {
    model,
    async run(embeddings) {
      buffer.set(embeddings);
      return floats((await session.run(feeds, [tensors.output]))[tensors.output]);
    },
  };
}

function floats(tensor: Tensor): Float32Array {
  return tensor.data as Float32Array;
}
