import {
  ATTRIBUTE,
  type AttributeMessage,
  encodeModel,
  FLOAT,
  Graph,
  intAttribute,
  intsAttribute,
  type OnnxModel,
  type ValueMessage,
} from './graph';

export const FRAMES = 12;
export const BANDS = 96;
const FILTERS = 24;

interface Choices {
  /** How large the weights of a dead filter are. */
  readonly dead?: number;
  /** What the batch norm behind them multiplies a dead filter by; with any filter it turns the sign of every third. */
  readonly deadScale?: number;
  /** Live ones of the 24 filters of each branch. */
  readonly live?: number;
}

/**
 * A network in the manner of MusiCNN, small: two branches of filters over frequency and two over time, of which one is
 * exported as a product, pooled over the bands, put together, summed by a kernel as wide as its input, and averaged.
 */
export function smallNetwork({ dead = 1e-20, deadScale = 1, live = 3 }: Choices = {}): OnnxModel {
  const random = seeded();
  const value = (name: string, dims: readonly (number | string)[]): ValueMessage => ({
    name,
    type: {
      tensorType: {
        elemType: FLOAT,
        shape: { dim: dims.map((dim) => (typeof dim === 'string' ? { dimParam: dim } : { dimValue: dim })) },
      },
    },
  });
  const graph = new Graph(
    [],
    [value('mel', ['N', FRAMES, BANDS])],
    [value('activations', ['N', 5]), value('embeddings', ['N', 16])],
  );
  const floats = (dims: readonly number[], weight: (i: number) => number = () => random() - 0.5) =>
    graph.constant(
      Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => weight(i)),
      dims,
    );
  const add = (op: string, inputs: string[], attributes: AttributeMessage[] = [], output?: string): string => {
    const node = graph.node(op, inputs, attributes, output);
    graph.nodes.push(node);
    return node.outputs[0];
  };
  const isLive = (filter: number) => filter % 8 === 2 && filter < live * 8;
  const kernel = (dims: readonly number[]) => {
    const size = dims.slice(1).reduce((a, b) => a * b, 1);
    return floats(dims, (i) => (isLive(Math.floor(i / size)) ? random() - 0.5 : dead * (random() - 0.5)));
  };
  // A large constant would hide what is amplified.
  const offset = (filter: number) => (isLive(filter) || deadScale === 1 ? random() - 0.5 : 0);
  const perFilter = (of: (i: number) => number) => floats([FILTERS], of);
  const behind = (input: string, pool: number) => {
    const parameters = [
      perFilter((i) => (i % 3 === 2 ? -1 : 1) * (isLive(i) ? 1 : deadScale) * (0.5 + random())),
      perFilter(offset),
      perFilter(offset),
      perFilter(() => 0.5 + random()),
    ];
    const normed = add('BatchNormalization', [add('Relu', [input]), ...parameters]);
    const pooled = add(
      'MaxPool',
      [normed],
      [intsAttribute('kernel_shape', [1, pool]), intsAttribute('strides', [1, pool])],
    );
    return add('Squeeze', [pooled, graph.constant([3], [1])]);
  };
  const convolution = (input: string, height: number, width: number, pads: readonly number[]) =>
    add(
      'Conv',
      [input, kernel([FILTERS, 1, height, width]), perFilter(offset)],
      [intsAttribute('kernel_shape', [height, width]), intsAttribute('pads', pads)],
    );

  const picture = add('Unsqueeze', ['mel', graph.constant([1], [1])]);
  const joined = add(
    'Concat',
    [
      behind(convolution(picture, 3, 38, [1, 0, 1, 0]), 59),
      behind(convolution(picture, 6, 1, [2, 0, 3, 0]), 96),
      behind(exportedAsProduct(), 96),
    ],
    [intAttribute('axis', 1)],
  );
  const rows = add(
    'Transpose',
    [add('Unsqueeze', [joined, graph.constant([1], [1])])],
    [intsAttribute('perm', [0, 1, 3, 2])],
  );
  const wide = add(
    'Conv',
    [rows, floats([8, 1, 3, 3 * FILTERS]), floats([8])],
    [intsAttribute('kernel_shape', [3, 3 * FILTERS]), intsAttribute('pads', [1, 0, 1, 0])],
  );
  const own = add('Transpose', [add('Relu', [wide])], [intsAttribute('perm', [0, 3, 2, 1])]);
  const all = add('Concat', [rows, own], [intAttribute('axis', 3)]);
  const mean = add('ReduceMean', [all], [intsAttribute('axes', [1, 2]), intAttribute('keepdims', 0)]);
  const largest = add('ReduceMax', [all], [intsAttribute('axes', [1, 2]), intAttribute('keepdims', 0)]);
  const both = add(
    'Concat',
    [add('Unsqueeze', [largest, graph.constant([2], [1])]), add('Unsqueeze', [mean, graph.constant([2], [1])])],
    [intAttribute('axis', 2)],
  );
  const flat = add('Flatten', [both]);
  const scaled = add('Mul', [flat, floats([2 * (3 * FILTERS + 8)])]);
  add('Gemm', [scaled, floats([16, 2 * (3 * FILTERS + 8)]), floats([16])], [intAttribute('transB', 1)], 'embeddings');
  add('Sigmoid', [add('MatMul', ['embeddings', floats([16, 5])])], [], 'activations');
  return { irVersion: 7, opsets: [{ version: 13 }], graph };

  /** Four rows at each place, gathered and multiplied. */
  function exportedAsProduct(): string {
    const height = 4;
    const padded = add(
      'Pad',
      [picture, graph.constant([0, 0, 1, 0, 0, 0, 2, 0], [8]), floats([], () => 0)],
      [{ name: 'mode', type: ATTRIBUTE.string, s: Buffer.from('constant') }],
    );
    const flatRows = add('Reshape', [padded, graph.constant([-1, FRAMES + 3, BANDS], [3])]);
    const places = Array.from({ length: FRAMES * height }, (_, i) => Math.floor(i / height) + (i % height));
    const gathered = add('Gather', [flatRows, graph.constant(places, [places.length])], [intAttribute('axis', 1)]);
    const stacks = add('Reshape', [gathered, graph.constant([-1, FRAMES, height, BANDS], [4])]);
    const turned = add('Transpose', [stacks], [intsAttribute('perm', [0, 3, 1, 2])]);
    const matrix = floats([height, FILTERS], (i) => (isLive(i % FILTERS) ? random() - 0.5 : dead * (random() - 0.5)));
    const product = add('Add', [add('MatMul', [turned, matrix]), floats([1, 1, 1, FILTERS], offset)]);
    return add('Transpose', [product], [intsAttribute('perm', [0, 3, 2, 1])]);
  }
}

export const smallNetworkFile = (choices?: Choices): Uint8Array => encodeModel(smallNetwork(choices));

function seeded(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
