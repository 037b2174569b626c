import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadRuntime } from '../../session';
import { encodeModel, type OnnxModel } from './onnx-file';

/** What every tensor of a graph is for one patch. */
export type Trace = ReadonlyMap<string, { readonly dims: readonly number[]; readonly data: Float32Array }>;

/** As little as possible is rearranged, so that every tensor is there to be asked for. */
const PLAIN: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  graphOptimizationLevel: 'disabled',
  logSeverityLevel: 3,
};

/** Runs a graph on one patch (all of its input, a batch of one) and gives back every tensor of floats on the way. */
export async function trace(model: OnnxModel, patch: Float32Array): Promise<Trace> {
  const { graph } = model;
  const names = graph.nodes.flatMap(({ outputs }) => outputs).filter((name) => name !== '');
  const { open, Tensor } = loadRuntime();
  const session = await open(encodeModel(model, names), PLAIN);
  try {
    const [input] = session.inputMetadata;
    if (!input?.isTensor) throw new Error('A graph without an input cannot be run.');
    const dims = input.shape.map((dim) => (typeof dim === 'number' ? dim : 1));
    const found = await session.run({ [input.name]: new Tensor('float32', patch, dims) });
    const all = new Map<string, { dims: readonly number[]; data: Float32Array }>([[input.name, { dims, data: patch }]]);
    for (const [name, tensor] of Object.entries(found)) {
      const { dims, data } = tensor as Tensor;
      if (data instanceof Float32Array) all.set(name, { dims, data });
    }
    return all;
  } finally {
    await session.release();
  }
}
