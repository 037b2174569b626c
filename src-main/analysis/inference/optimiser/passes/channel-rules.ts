import { float, type Graph, type GraphNode, int, ints, readConvolution, sizeOf, type Trace } from '../graph';

/** Which indices of one axis of a tensor are left; what was at the others is the same for every input. */
export interface Channels {
  readonly axis: number;
  readonly size: number;
  /** Ascending. */
  readonly kept: readonly number[];
  /** The convolutions that they come from. */
  readonly sources: ReadonlySet<GraphNode>;
}

/** There is no rule for an operation: these convolutions keep their channels. */
export class Refused extends Error {
  constructor(readonly sources: ReadonlySet<GraphNode>) {
    super();
  }
}

export interface Reached {
  readonly graph: Graph;
  /** What every tensor was for one patch; the constants are read from it. */
  readonly trace: Trace;
  readonly states: ReadonlyMap<string, Channels>;
  readonly node: GraphNode;
}

/** What becomes of the channels behind an operation, and how that is to be changed; nothing where it sums over them. */
export interface Rule {
  readonly channels?: Channels;
  readonly edit?: () => void;
}

type MakeRule = (reached: Reached, channels: Channels) => Rule;

/**
 * The rule of an operation for the channels that its inputs have lost. Throws `Refused` where there is none: for an
 * operation that is not in the table, or for inputs that have lost others each.
 */
export function ruleOf(reached: Reached): Rule {
  const { node, states } = reached;
  const found = node.inputs.flatMap((name) => states.get(name) ?? []);
  const refuse = () => new Refused(new Set(found.flatMap(({ sources }) => [...sources])));
  const make = RULES[node.op];
  const isOfFirst = states.has(node.inputs[0]) && found.length === 1;
  if (!make || !(isOfFirst || node.op === 'Concat' || SYMMETRIC.has(node.op))) throw refuse();
  const rule = make(reached, found[0]);
  if (!rule) throw refuse();
  return rule;
}

const SYMMETRIC = new Set(['Add', 'Mul']);

const same: MakeRule = (_, channels) => ({ channels });

/** Pooling works on each channel alone. */
const pooled: MakeRule = (_, channels) => (channels.axis === 1 ? { channels } : refused(channels));

const RULES: Readonly<Record<string, MakeRule>> = {
  Identity: same,
  Relu: same,
  Sigmoid: same,
  Tanh: same,
  Elu: same,
  LeakyRelu: same,
  MaxPool: pooled,
  AveragePool: pooled,
  GlobalAveragePool: pooled,
  GlobalMaxPool: pooled,
  BatchNormalization: batchNormalization,
  Add: elementwise,
  Mul: elementwise,
  Sub: elementwise,
  Div: elementwise,
  Transpose: transposed,
  Squeeze: rearranged,
  Unsqueeze: rearranged,
  Flatten: rearranged,
  Reshape: rearranged,
  Concat: concatenated,
  ReduceMax: reduced,
  ReduceMean: reduced,
  Conv: convolved,
  MatMul: multiplied,
  Gemm: multiplied,
};

function refused(channels: Channels): never {
  throw new Refused(channels.sources);
}

function batchNormalization({ graph, node }: Reached, channels: Channels): Rule {
  const parameters = node.inputs.slice(1).map((name) => graph.floats(name));
  if (channels.axis !== 1 || parameters.some((each) => each?.data.length !== channels.size)) return refused(channels);
  const edit = () => {
    for (const [i, each] of parameters.entries()) {
      const { kept } = channels;
      node.inputs[i + 1] = graph.constant(
        Float32Array.from(kept, (channel) => each!.data[channel]),
        [kept.length],
      );
    }
  };
  return { channels, edit };
}

/** With a constant, which is chosen from where it has a value for each channel. */
function elementwise({ graph, trace, node, states }: Reached, channels: Channels): Rule {
  const [left, right] = node.inputs;
  const other = states.has(left) ? right : left;
  const constant = graph.floats(other);
  const dims = trace.get(states.has(left) ? left : right)?.dims;
  if (!constant || !dims || constant.dims.length > dims.length || (states.has(left) && states.has(right)))
    return refused(channels);
  const axis = channels.axis - (dims.length - constant.dims.length);
  if (axis < 0 || constant.dims[axis] === 1) return { channels };
  if (constant.dims[axis] !== channels.size) return refused(channels);
  const edit = () => {
    const chosen = pick(constant, axis, channels.kept);
    node.inputs = node.inputs.map((name) => (name === other ? graph.constant(chosen.data, chosen.dims) : name));
  };
  return { channels, edit };
}

function transposed({ node }: Reached, channels: Channels): Rule {
  const axis = ints(node, 'perm')?.indexOf(channels.axis) ?? -1;
  return axis < 0 ? refused(channels) : { channels: { ...channels, axis } };
}

/**
 * Another shape for the same values in the same order. The axis is found by how many values lie before and behind it;
 * where it was united with its neighbours, each channel stands for several indices.
 */
function rearranged({ graph, trace, node }: Reached, channels: Channels): Rule {
  const [from, to] = [trace.get(node.inputs[0])?.dims, trace.get(node.outputs[0])?.dims];
  if (!from || !to) return refused(channels);
  const before = sizeOf(from.slice(0, channels.axis));
  const behind = sizeOf(from.slice(channels.axis + 1));
  for (const [axis, size] of to.entries()) {
    const [outer, inner] = [before / sizeOf(to.slice(0, axis)), behind / sizeOf(to.slice(axis + 1))];
    if (!Number.isInteger(outer) || !Number.isInteger(inner) || outer * channels.size * inner !== size) continue;
    const kept = Array.from({ length: outer }, (_, o) =>
      channels.kept.flatMap((channel) =>
        Array.from({ length: inner }, (_, i) => (o * channels.size + channel) * inner + i),
      ),
    ).flat();
    const shape = node.op === 'Reshape' ? graph.integers(node.inputs[1]) : undefined;
    if (node.op === 'Reshape' && !shape) return refused(channels);
    const edit = () => {
      if (shape && shape[axis] > 0) node.inputs[1] = graph.constant(shape.with(axis, kept.length), [shape.length]);
    };
    return { channels: { ...channels, axis, size, kept }, edit };
  }
  return refused(channels);
}

function concatenated({ trace, node, states }: Reached, { axis }: Channels): Rule {
  const all = node.inputs.map((name) => ({ channels: states.get(name), dims: trace.get(name)?.dims }));
  const sources = new Set(all.flatMap(({ channels }) => [...(channels?.sources ?? [])]));
  const stacks = int(node, 'axis', 0);
  const rank = all[0].dims?.length ?? 0;
  const isOne = all.every(({ channels, dims }) => dims && (!channels || channels.axis === axis));
  if (!isOne) throw new Refused(sources);
  if ((stacks + rank) % rank !== axis) {
    const [first] = all;
    const isSame = all.every(({ channels }) => `${channels?.kept}` === `${first.channels?.kept}`);
    if (!isSame) throw new Refused(sources);
    return { channels: { ...first.channels!, sources } };
  }
  let size = 0;
  const kept: number[] = [];
  for (const { channels, dims } of all) {
    const own = channels?.kept ?? Array.from({ length: dims![axis] }, (_, i) => i);
    for (const channel of own) kept.push(size + channel);
    size += dims![axis];
  }
  return { channels: { axis, size, kept, sources } };
}

function reduced({ graph, trace, node }: Reached, channels: Channels): Rule {
  const rank = trace.get(node.inputs[0])?.dims.length ?? 0;
  const axes = (ints(node, 'axes') ?? graph.integers(node.inputs[1]))?.map((axis) => (axis + rank) % rank);
  if (!axes || axes.includes(channels.axis)) return refused(channels);
  const before = int(node, 'keepdims', 1) === 1 ? 0 : axes.filter((axis) => axis < channels.axis).length;
  return { channels: { ...channels, axis: channels.axis - before } };
}

/** Sums over the channels: what the constant ones bring is a constant for each place, since the padding is zero. */
function convolved({ graph, trace, node }: Reached, channels: Channels): Rule {
  const convolution = readConvolution(graph, node);
  const [input, output] = [trace.get(node.inputs[0]), trace.get(node.outputs[0])];
  if (channels.axis !== 1 || convolution?.group !== 1 || !input || !output) return refused(channels);
  const { dims, weights, bias, pads, strides, dilations } = convolution;
  const [filters, count, kernelHeight, kernelWidth] = dims;
  const [, , height, width] = input.dims;
  const [, , toHeight, toWidth] = output.dims;
  const isKept = new Set(channels.kept);
  const dropped = Array.from({ length: count }, (_, i) => i).filter((channel) => !isKept.has(channel));
  const edit = () => {
    const sums = new Float32Array(filters * toHeight * toWidth);
    for (let filter = 0; filter < filters; filter++)
      for (let y = 0; y < toHeight; y++)
        for (let x = 0; x < toWidth; x++) {
          let sum = bias[filter];
          for (let ky = 0; ky < kernelHeight; ky++) {
            const row = y * strides[0] + ky * dilations[0] - pads[0];
            if (row < 0 || row >= height) continue;
            for (let kx = 0; kx < kernelWidth; kx++) {
              const column = x * strides[1] + kx * dilations[1] - pads[1];
              if (column < 0 || column >= width) continue;
              for (const channel of dropped)
                sum +=
                  weights[((filter * count + channel) * kernelHeight + ky) * kernelWidth + kx] *
                  input.data[(channel * height + row) * width + column];
            }
          }
          sums[(filter * toHeight + y) * toWidth + x] = sum;
        }
    const chosen = pick({ dims, data: weights }, 1, channels.kept);
    const [made] = node.outputs;
    node.inputs = [node.inputs[0], graph.constant(chosen.data, chosen.dims)];
    node.outputs = [graph.fresh('conv')];
    const constant = graph.constant(sums, [1, filters, toHeight, toWidth]);
    graph.nodes.splice(graph.nodes.indexOf(node) + 1, 0, graph.node('Add', [node.outputs[0], constant], [], made));
  };
  return { edit };
}

/** A product with a matrix of weights, which sums over the last axis. */
function multiplied({ graph, trace, node }: Reached, channels: Channels): Rule {
  const input = trace.get(node.inputs[0]);
  const matrix = graph.floats(node.inputs[1]);
  const isTurned = node.op === 'Gemm' && int(node, 'transB', 0) === 1;
  const isScaled = node.op === 'Gemm' && (float(node, 'alpha', 1) !== 1 || float(node, 'beta', 1) !== 1);
  const isFlat = input?.dims.length === 2 && matrix?.dims.length === 2 && channels.axis === 1;
  if (!input || !matrix || !isFlat || isScaled || int(node, 'transA', 0) === 1) return refused(channels);
  const outputs = matrix.dims[isTurned ? 0 : 1];
  const isKept = new Set(channels.kept);
  const weight = (row: number, output: number) =>
    isTurned ? matrix.data[output * channels.size + row] : matrix.data[row * outputs + output];
  const edit = () => {
    const sums = Float32Array.from({ length: outputs }, (_, output) => {
      let sum = 0;
      for (let row = 0; row < channels.size; row++) if (!isKept.has(row)) sum += weight(row, output) * input.data[row];
      return sum;
    });
    const chosen = pick(matrix, isTurned ? 1 : 0, channels.kept);
    node.inputs[1] = graph.constant(chosen.data, chosen.dims);
    const [made] = node.outputs;
    node.outputs = [graph.fresh('product')];
    const add = graph.node('Add', [node.outputs[0], graph.constant(sums, [outputs])], [], made);
    graph.nodes.splice(graph.nodes.indexOf(node) + 1, 0, add);
  };
  return { edit };
}

/** The given indices of one axis. */
function pick(
  { dims, data }: { dims: readonly number[]; data: Float32Array },
  axis: number,
  kept: readonly number[],
): { dims: readonly number[]; data: Float32Array } {
  const [outer, size, inner] = [sizeOf(dims.slice(0, axis)), dims[axis], sizeOf(dims.slice(axis + 1))];
  const chosen = new Float32Array(outer * kept.length * inner);
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (const index of kept) {
      const from = (o * size + index) * inner;
      chosen.set(data.subarray(from, from + inner), at);
      at += inner;
    }
  return { dims: dims.with(axis, kept.length), data: chosen };
}
