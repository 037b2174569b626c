import {
  type Constant,
  type Convolution,
  type Graph,
  type GraphNode,
  int,
  intAttribute,
  intsAttribute,
  isPlain,
  liveFilters,
  readConvolution,
  sizeOf,
  type Trace,
} from '../graph';

/**
 * Branches that are put together in the end are put together earlier, as long as the same is done in each: one step
 * for all channels in place of one for each branch, and convolutions of the same input as one with all their filters.
 */
export function joinBranches(graph: Graph, trace: Trace): void {
  const dims = new Map([...trace].map(([name, { dims }]) => [name, dims]));
  for (let isChanged = true; isChanged; ) isChanged = graph.nodes.some((node) => joinOne(graph, dims, node));
}

type Dims = Map<string, readonly number[]>;

function joinOne(graph: Graph, dims: Dims, concat: GraphNode): boolean {
  if (concat.op !== 'Concat' || int(concat, 'axis', 0) !== 1) return false;
  const branches = concat.inputs.map((name) => (graph.onlyConsumer(name) ? graph.producer(name) : undefined));
  for (const [start, first] of branches.entries()) {
    if (!first) continue;
    let end = start + 1;
    while (end < branches.length && isAlike(first, branches[end])) end++;
    const run = branches.slice(start, end) as GraphNode[];
    const joined = run.length > 1 ? join(graph, dims, run) : undefined;
    if (!joined) continue;
    graph.nodes = graph.nodes.filter((node) => !run.includes(node));
    const isAll = run.length === branches.length;
    const last = joined.at(-1)!;
    dims.set(last.outputs[0], stacked(dims, concat.inputs.slice(start, end)));
    if (isAll) {
      last.outputs = [concat.outputs[0]];
      graph.replace(concat, ...joined);
    } else {
      graph.insertBefore(concat, ...joined);
      concat.inputs.splice(start, run.length, last.outputs[0]);
    }
    return true;
  }
  return false;
}

const stacked = (dims: Dims, names: readonly string[]): readonly number[] => {
  const [batch, , ...rest] = dims.get(names[0])!;
  return [batch, names.reduce((sum, name) => sum + dims.get(name)![1], 0), ...rest];
};

const isAlike = (a: GraphNode, b: GraphNode | undefined): boolean =>
  b !== undefined && a.op === b.op && (a.op === 'Conv' || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));

const sorted = ({ attributes }: GraphNode) => attributes.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** One node for all, behind what puts their inputs together; undefined where that is not possible or not worth it. */
function join(graph: Graph, dims: Dims, run: readonly GraphNode[]): GraphNode[] | undefined {
  const [first] = run;
  switch (first.op) {
    case 'Conv':
      return joinConvolutions(graph, dims, run);
    case 'Relu':
    case 'MaxPool':
      return behindConcat(graph, dims, run, []);
    case 'Squeeze':
      return keepsChannels(graph, dims, run) ? behindConcat(graph, dims, run, first.inputs.slice(1)) : undefined;
    case 'BatchNormalization':
    case 'Mul':
    case 'Add': {
      const parameters = first.inputs.slice(1).map((_, i) => joinConstants(graph, dims, run, i + 1));
      return parameters.every((name) => name !== undefined) ? behindConcat(graph, dims, run, parameters) : undefined;
    }
    default:
      return undefined;
  }
}

function behindConcat(
  graph: Graph,
  dims: Dims,
  run: readonly GraphNode[],
  parameters: readonly string[],
): GraphNode[] | undefined {
  const [{ op, attributes }] = run;
  const inputs = run.map((node) => node.inputs[0]);
  const sizes = inputs.map((name) => dims.get(name)?.toSpliced(1, 1));
  if (!sizes.every((size) => size && `${size}` === `${sizes[0]}`)) return undefined;
  const concat = graph.node('Concat', inputs, [intAttribute('axis', 1)]);
  dims.set(concat.outputs[0], stacked(dims, inputs));
  return [concat, graph.node(op, [concat.outputs[0], ...parameters], attributes)];
}

/** Its second axis is the second before as well. */
const keepsChannels = (graph: Graph, dims: Dims, run: readonly GraphNode[]): boolean =>
  run.every(({ inputs, outputs }) => {
    const [from, to] = [dims.get(inputs[0]), dims.get(outputs[0])];
    const axes = graph.integers(inputs[1]);
    return from?.[1] === to?.[1] && axes?.length === 1 && axes[0] === (from?.length ?? 0) - 1;
  });

/** Parameters of the channels, one behind the other. Undefined when they are not one for each channel. */
function joinConstants(graph: Graph, dims: Dims, run: readonly GraphNode[], input: number): string | undefined {
  const found = run.map((node) => graph.floats(node.inputs[input]));
  const isOneEach = found.every((each, i) => {
    const channels = dims.get(run[i].inputs[0])?.[1];
    return (
      each &&
      sizeOf(each.dims) === channels &&
      (each.dims.length === 1 ? run[i].op === 'BatchNormalization' : each.dims.at(-3) === channels)
    );
  });
  if (!isOneEach) return undefined;
  const all = found as (Constant & { data: Float32Array })[];
  const data = Float32Array.from(all.flatMap((each) => [...each.data]));
  const shape = all[0].dims.map((dim) => (dim === all[0].data.length ? data.length : dim));
  return graph.constant(data, shape);
}

/** The runtime's kernels take the channels sixteen at a time. */
const BLOCK = 16;
/** More work than this is not worth one node fewer. */
const MAX_WORK_RATIO = 1.1;

function joinConvolutions(graph: Graph, dims: Dims, run: readonly GraphNode[]): GraphNode[] | undefined {
  const [first] = run;
  const all = run.map((node) => readConvolution(graph, node));
  const isOfOneInput = run.every(({ inputs, outputs }) => {
    const [own, other] = [dims.get(outputs[0]), dims.get(first.outputs[0])];
    return inputs[0] === first.inputs[0] && `${own?.slice(2)}` === `${other?.slice(2)}`;
  });
  if (!isOfOneInput || !all.every((each): each is Convolution => each !== undefined && isPlain(each))) return undefined;
  const pads = [0, 1, 2, 3].map((side) => Math.max(...all.map((each) => each.pads[side])));
  const [channels] = all[0].dims.slice(1);
  const [height, width] = [0, 1].map((axis) => {
    const extents = all.map((each) => each.dims[axis + 2] + pads[axis] - each.pads[axis]);
    return Math.max(...extents);
  });
  const rest = [0, 1].map((axis) => [height, width][axis] - pads[axis] - pads[axis + 2]);
  const isOfOneSize = all.every((each) =>
    rest.every((size, axis) => size === each.dims[axis + 2] - each.pads[axis] - each.pads[axis + 2]),
  );
  if (!isOfOneSize) return undefined;
  const filters = all.reduce((sum, each) => sum + each.dims[0], 0);
  const work = (count: number, kernel: number) => Math.ceil(count / BLOCK) * kernel;
  const live = all.map((each) => liveFilters(each).length);
  const apart = all.reduce((sum, each, i) => sum + work(live[i], each.dims[2] * each.dims[3]), 0);
  const together = work(
    live.reduce((sum, each) => sum + each, 0),
    height * width,
  );
  if (together > MAX_WORK_RATIO * apart) return undefined;
  const weights = new Float32Array(filters * channels * height * width);
  let filter = 0;
  for (const each of all) {
    place(each, { weights, height, width, filter, top: pads[0] - each.pads[0], left: pads[1] - each.pads[1] });
    filter += each.dims[0];
  }
  const bias = Float32Array.from(all.flatMap((each) => [...each.bias]));
  const attributes = [
    intsAttribute('kernel_shape', [height, width]),
    intsAttribute('pads', pads),
    intsAttribute('strides', [1, 1]),
  ];
  const inputs = [
    first.inputs[0],
    graph.constant(weights, [filters, channels, height, width]),
    graph.constant(bias, [filters]),
  ];
  return [graph.node('Conv', inputs, attributes)];
}

interface Larger {
  readonly weights: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly filter: number;
  readonly top: number;
  readonly left: number;
}

/** Lays the filters into larger ones, whose other places stay zero. */
function place({ dims, weights }: Convolution, into: Larger): void {
  const [filters, channels, height, width] = dims;
  for (let plane = 0; plane < filters * channels; plane++)
    for (let y = 0; y < height; y++) {
      const row = weights.subarray((plane * height + y) * width, (plane * height + y + 1) * width);
      const to = (into.filter * channels + plane) * into.height + into.top + y;
      into.weights.set(row, to * into.width + into.left);
    }
}
