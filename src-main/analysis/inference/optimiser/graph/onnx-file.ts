import { type Constant, Graph, type GraphNode } from './graph';
import {
  type AttributeMessage,
  FLOAT,
  type GraphMessage,
  INT64,
  Model,
  type ModelMessage,
  type NodeMessage,
  type TensorMessage,
} from './onnx-schema';

/** A model that this optimiser does not understand: it is used as it is. */
export class UnknownGraph extends Error {
  override readonly name = 'UnknownGraph';
}

/** A graph with what its file says of itself. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly opsets: readonly { domain?: string; version: number }[];
  readonly graph: Graph;
}

/** Parses an ONNX file. Throws `UnknownGraph` when it is none, or has parts that are not understood. */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  const message = parsed(bytes);
  const { graph } = message;
  if (!graph?.node?.length) throw new UnknownGraph('it has no graph');
  if (message.functions?.length) throw new UnknownGraph('it has functions of its own');
  if (graph.sparseInitializer?.length) throw new UnknownGraph('it has sparse tensors');
  return { irVersion: message.irVersion, opsets: message.opsetImport ?? [], graph: graphOf(graph) };
}

function parsed(bytes: Uint8Array): ModelMessage {
  try {
    return Model.toObject(Model.decode(bytes), { longs: Number, arrays: false, defaults: false }) as ModelMessage;
  } catch (cause) {
    throw new UnknownGraph('it is not an ONNX file', { cause });
  }
}

function graphOf(message: GraphMessage): Graph {
  const tensors = message.initializer ?? [];
  const names = new Set(tensors.map(({ name }) => name));
  // Old files name their weights among the inputs as well.
  const inputs = (message.input ?? []).filter(({ name }) => !names.has(name));
  const graph = new Graph([], inputs, message.output ?? []);
  for (const tensor of tensors) graph.constants.set(tensor.name ?? '', constantOf(tensor));
  for (const node of message.node ?? []) {
    const value = node.opType === 'Constant' ? node.attribute?.find(({ name }) => name === 'value')?.t : undefined;
    if (value) graph.constants.set(node.output?.[0] ?? '', constantOf(value));
    else graph.nodes.push(nodeOf(node));
  }
  return graph;
}

function nodeOf({ input = [], output = [], name = '', opType = '', domain, attribute = [] }: NodeMessage): GraphNode {
  if (domain && domain !== 'ai.onnx') throw new UnknownGraph(`it has operations of ${domain}`);
  if (attribute.some(({ g, graphs, tensors }) => g || graphs || tensors))
    throw new UnknownGraph(`its ${opType} has a graph within`);
  return {
    op: opType,
    name: name || output[0] || opType,
    inputs: [...input],
    outputs: [...output],
    attributes: attribute,
  };
}

function constantOf(tensor: TensorMessage): Constant {
  const { dims = [], dataType, rawData, floatData, int64Data } = tensor;
  if (tensor.dataLocation || tensor.externalData?.length) throw new UnknownGraph('its weights are in another file');
  const size = dims.reduce((product, dim) => product * dim, 1);
  const data = dataType === FLOAT ? floats(rawData, floatData) : dataType === INT64 ? longs(rawData, int64Data) : null;
  if (!data) throw new UnknownGraph(`it has tensors of kind ${dataType}`);
  if (data.length !== size) throw new UnknownGraph(`${tensor.name} has ${data.length} values for a shape of ${size}`);
  return { dims, data };
}

/** A copy, which lies as an array of numbers has to. */
const aligned = (raw: Uint8Array): ArrayBuffer => new Uint8Array(raw).buffer;

function floats(raw: Uint8Array | undefined, values: readonly number[] = []): Float32Array {
  return raw && raw.length % 4 === 0 ? new Float32Array(aligned(raw)) : Float32Array.from(values);
}

function longs(raw: Uint8Array | undefined, values: readonly number[] = []): BigInt64Array {
  return raw && raw.length % 8 === 0 ? new BigInt64Array(aligned(raw)) : BigInt64Array.from(values.map(BigInt));
}

/** The graph as an ONNX file. `outputs` gives other tensors than the graph's own. */
export function encodeModel({ irVersion, opsets, graph }: OnnxModel, outputs?: readonly string[]): Uint8Array {
  const node = graph.nodes.map(
    ({ op, name, inputs, outputs: made, attributes }): NodeMessage => ({
      opType: op,
      name,
      input: inputs,
      output: made,
      attribute: attributes as AttributeMessage[],
    }),
  );
  const initializer = [...graph.constants].map(([name, { dims, data }]): TensorMessage => {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { name, dims, dataType: data instanceof Float32Array ? FLOAT : INT64, rawData };
  });
  const output = outputs ? outputs.map((name) => ({ name })) : graph.outputs;
  const message: ModelMessage = {
    irVersion,
    producerName: 'tonearm',
    opsetImport: opsets,
    graph: { name: 'optimised', node, initializer, input: graph.inputs, output },
  };
  return Model.encode(Model.fromObject(message)).finish();
}
