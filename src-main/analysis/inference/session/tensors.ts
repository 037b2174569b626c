import type { InferenceSession } from 'onnxruntime-node';
import { AppError } from '../../../rpc';

/** How an embedding model is fed and which of its outputs is which. */
export interface EmbeddingTensors {
  readonly input: string;
  readonly frames: number;
  readonly bands: number;
  /** The input has a batch axis before the frames. */
  readonly isBatched: boolean;
  readonly embedding: { readonly name: string; readonly size: number };
  readonly activations: { readonly name: string; readonly size: number } | null;
}

export interface HeadTensors {
  readonly input: string;
  readonly inputSize: number;
  readonly output: string;
  readonly outputSize: number;
}

type Tensor = { name: string; shape: readonly (number | string)[] };

/**
 * Finds the tensors of an embedding model by their shapes, and by their names only where shapes leave a doubt: the
 * publisher's descriptions name those of another format.
 *
 * @param headInput how many numbers its heads take, when there are any
 */
export function embeddingTensors(session: InferenceSession, name: string, headInput?: number): EmbeddingTensors {
  const input = tensorsOf(session.inputMetadata).find(({ shape }) => shape.length === 3 || shape.length === 2);
  const [bands, frames, batch] = [...(input?.shape ?? [])].reverse();
  if (!input || typeof bands !== 'number' || typeof frames !== 'number') {
    throw new AppError('invalid_input', `${name} does not take patches of mel bands.`);
  }
  if (bands !== 96 && bands !== 64) {
    throw new AppError(
      'invalid_input',
      `${name} takes ${bands} mel bands; only those of MusiCNN (96) and VGGish (64) are made.`,
    );
  }
  if (typeof batch === 'number' && batch !== 1) {
    throw new AppError(
      'invalid_input',
      `${name} takes ${batch} patches at once; the build with a free batch is needed.`,
    );
  }
  const outputs = tensorsOf(session.outputMetadata).flatMap(({ name, shape }) => {
    const size = shape.at(-1);
    return typeof size === 'number' && shape.length <= 2 ? [{ name, size }] : [];
  });
  const embedding =
    single(outputs.filter(({ size }) => size === headInput)) ??
    outputs.find((output) => /embed/i.test(output.name)) ??
    outputs.toSorted((a, b) => b.size - a.size).at(0);
  if (!embedding) throw new AppError('invalid_input', `${name} gives no embedding.`);
  const others = outputs.filter((output) => output !== embedding);
  const activations = others.find((output) => /activation|predict/i.test(output.name)) ?? others.at(0) ?? null;
  return { input: input.name, frames, bands, isBatched: input.shape.length === 3, embedding, activations };
}

/** The tensors of a head. Throws `invalid_input` when it does not fit the embedding or its list of classes. */
export function headTensors(session: InferenceSession, name: string): HeadTensors {
  const input = tensorsOf(session.inputMetadata).find(({ shape }) => shape.length === 2);
  const output = tensorsOf(session.outputMetadata).find(({ shape }) => shape.length === 2);
  const [inputSize, outputSize] = [input?.shape[1], output?.shape[1]];
  if (!input || !output || typeof inputSize !== 'number' || typeof outputSize !== 'number') {
    throw new AppError('invalid_input', `${name} is not a head: it does not take embeddings.`);
  }
  return { input: input.name, inputSize, output: output.name, outputSize };
}

function tensorsOf(metadata: readonly InferenceSession.ValueMetadata[]): Tensor[] {
  return metadata.flatMap((value) => (value.isTensor && value.type === 'float32' ? [value] : []));
}

function single<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
