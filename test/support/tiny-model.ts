import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Small ONNX models of our own, so that the whole way from a file to its scores is tested on machines that have no
 * published ones. Written as protobuf by hand: the few messages that are needed take less than a library would.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
const FLOAT = 1;
const INT64 = 7;
const EMBEDDING_SIZE = 16;

/** [N, frames, bands] → mean over the frames → `embeddings` [N, 16], and → sigmoid `activations` [N, classes]. */
export function tinyEmbeddingModel(options: { frames?: number; bands?: number; classes?: number } = {}): Buffer {
  const { frames = 187, bands = 96, classes = 3 } = options;
  return model({
    nodes: [
      node('ReduceMean', ['melspectrogram', 'axes'], ['frame_mean'], { keepdims: 0 }),
      node('MatMul', ['frame_mean', 'w'], ['embeddings']),
      node('MatMul', ['embeddings', 'v'], ['logits']),
      node('Sigmoid', ['logits'], ['activations']),
    ],
    tensors: [
      int64Tensor('axes', [1]),
      floatTensor('w', [bands, EMBEDDING_SIZE], 0.05),
      floatTensor('v', [EMBEDDING_SIZE, classes], 0.5),
    ],
    inputs: [value('melspectrogram', ['N', frames, bands])],
    outputs: [value('activations', ['N', classes]), value('embeddings', ['N', EMBEDDING_SIZE])],
  });
}

/** [N, 16] → softmax [N, classes]. */
export function tinyHeadModel(options: { classes?: number; seed?: number } = {}): Buffer {
  const { classes = 2, seed = 1 } = options;
  return model({
    nodes: [node('MatMul', ['embeddings', 'w'], ['logits']), node('Softmax', ['logits'], ['activations'], { axis: 1 })],
    tensors: [floatTensor('w', [EMBEDDING_SIZE, classes], 0.5, seed)],
    inputs: [value('embeddings', ['N', EMBEDDING_SIZE])],
    outputs: [value('activations', ['N', classes])],
  });
}

/** Lays a whole models folder: the backbone `tiny` with its own three tags, and the heads `calm` and `bright`. */
export function writeTinyModels(folder: string): string {
  const put = (path: string, content: Buffer | object) => {
    const file = join(folder, 'tiny', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.isBuffer(content) ? content : JSON.stringify(content));
  };
  put('embeddings/tiny-1.onnx', tinyEmbeddingModel());
  put('embeddings/tiny-1.json', { classes: ['low', 'middle', 'high'] });
  put('heads/softmax/calm-tiny-1.onnx', tinyHeadModel({ seed: 1 }));
  put('heads/softmax/calm-tiny-1.json', { type: 'multi-class classifier', classes: ['calm', 'not_calm'] });
  put('heads/softmax/bright-tiny-1.onnx', tinyHeadModel({ seed: 2 }));
  put('heads/softmax/bright-tiny-1.json', { type: 'multi-class classifier', classes: ['bright', 'dark'] });
  return folder;
}

interface Graph {
  nodes: Buffer[];
  tensors: Buffer[];
  inputs: Buffer[];
  outputs: Buffer[];
}

function model({ nodes, tensors, inputs, outputs }: Graph): Buffer {
  const graph = Buffer.concat([
    ...nodes.map((each) => bytes(1, each)),
    text(2, 'tiny'),
    ...tensors.map((each) => bytes(5, each)),
    ...inputs.map((each) => bytes(11, each)),
    ...outputs.map((each) => bytes(12, each)),
  ]);
  const opset = Buffer.concat([text(1, ''), number(2, 18)]);
  return Buffer.concat([number(1, 8), bytes(7, graph), bytes(8, opset)]);
}

function node(op: string, inputs: string[], outputs: string[], attributes: Record<string, number> = {}): Buffer {
  return Buffer.concat([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, i]) =>
      bytes(5, Buffer.concat([text(1, name), number(3, i), number(20, 2)])),
    ),
  ]);
}

/** Weights between −scale and scale, the same at every run. */
function floatTensor(name: string, dims: number[], scale: number, seed = 7): Buffer {
  const count = dims.reduce((a, b) => a * b, 1);
  let state = seed;
  const weights = Float32Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return scale * ((2 * state) / 2 ** 31 - 1);
  });
  return tensor(name, dims, FLOAT, Buffer.from(weights.buffer));
}

function int64Tensor(name: string, values: number[]): Buffer {
  return tensor(name, [values.length], INT64, Buffer.from(BigInt64Array.from(values.map(BigInt)).buffer));
}

function tensor(name: string, dims: number[], type: number, raw: Buffer): Buffer {
  return Buffer.concat([...dims.map((dim) => number(1, dim)), number(2, type), text(8, name), bytes(9, raw)]);
}

function value(name: string, dims: (number | string)[]): Buffer {
  const shape = dims.map((dim) => bytes(1, typeof dim === 'string' ? text(2, dim) : number(1, dim)));
  const tensorType = Buffer.concat([number(1, FLOAT), bytes(2, Buffer.concat(shape))]);
  return Buffer.concat([text(1, name), bytes(2, bytes(1, tensorType))]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}

function number(field: number, value: number): Buffer {
  return Buffer.from([...varint(field * 8), ...varint(value)]);
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
}

function text(field: number, content: string): Buffer {
  return bytes(field, Buffer.from(content));
}
