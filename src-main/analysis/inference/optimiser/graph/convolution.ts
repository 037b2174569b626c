import { type Graph, type GraphNode, int, ints, text } from './graph';

/** A convolution with explicit padding over two axes: weights are [filters, channels of a group, height, width]. */
export interface Convolution {
  readonly dims: readonly number[];
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** Before and behind: top, left, bottom, right. */
  readonly pads: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly group: number;
}

/** Reads a `Conv`; undefined when its weights are not in the file or its padding is left to the runtime. */
export function readConvolution(graph: Graph, node: GraphNode): Convolution | undefined {
  if (node.op !== 'Conv' || !['NOTSET', 'VALID'].includes(text(node, 'auto_pad', 'NOTSET'))) return undefined;
  const weights = graph.floats(node.inputs[1]);
  if (weights?.dims.length !== 4) return undefined;
  const bias = node.inputs[2] ? graph.floats(node.inputs[2]) : { data: new Float32Array(weights.dims[0]) };
  if (!bias) return undefined;
  return {
    dims: weights.dims,
    weights: weights.data,
    bias: bias.data,
    pads: ints(node, 'pads') ?? [0, 0, 0, 0],
    strides: ints(node, 'strides') ?? [1, 1],
    dilations: ints(node, 'dilations') ?? [1, 1],
    group: int(node, 'group', 1),
  };
}

/** Every filter lies on each place of its input once, as it is. */
export const isPlain = ({ strides, dilations, group }: Convolution): boolean =>
  group === 1 && [...strides, ...dilations].every((step) => step === 1);

/** Below this sum of its weights a filter gives the same for every input, within rounding. */
const DEAD = 1e-6;

/** The filters whose output depends on their input. */
export function liveFilters({ dims, weights }: Convolution): number[] {
  const size = weights.length / dims[0];
  return Array.from({ length: dims[0] }, (_, filter) => filter).filter((filter) => {
    let sum = 0;
    for (let i = filter * size; i < (filter + 1) * size; i++) sum += Math.abs(weights[i]);
    return sum >= DEAD;
  });
}
