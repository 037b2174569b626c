import { type Graph, type GraphNode, int, ints, intsAttribute, type Trace, text } from '../graph';

/**
 * A convolution along the height that was exported as a product: rows padded, gathered once for each place of the
 * kernel, and multiplied by a matrix of [kernel, filters]. It becomes the convolution that it is.
 */
export function exportedProduct(graph: Graph, trace: Trace): void {
  for (const end of graph.nodes.filter(({ op }) => op === 'Transpose')) {
    const found = readProduct(graph, trace, end);
    if (!found) continue;
    const { input, kernel, filters, pads } = found;
    const attributes = [
      intsAttribute('kernel_shape', [kernel, 1]),
      intsAttribute('pads', [pads[0], 0, pads[1], 0]),
      intsAttribute('strides', [1, 1]),
    ];
    const weights = graph.constant(found.weights, [filters, 1, kernel, 1]);
    const bias = graph.constant(found.bias, [filters]);
    graph.replace(end, graph.node('Conv', [input, weights, bias], attributes, end.outputs[0]));
  }
}

const STEPS = ['Add', 'MatMul', 'Transpose', 'Reshape', 'Gather', 'Reshape', 'Pad'] as const;

function readProduct(graph: Graph, trace: Trace, end: GraphNode) {
  const chain: GraphNode[] = [end];
  for (const op of STEPS) {
    const node = graph.producer(chain.at(-1)!.inputs[0]);
    if (node?.op !== op || !graph.onlyConsumer(node.outputs[0])) return undefined;
    chain.push(node);
  }
  const [, add, product, rows, , lookup, , pad] = chain;
  const [matrix, bias] = [graph.floats(product.inputs[1]), graph.floats(add.inputs[1])];
  const [places, before, order] = [graph.integers(lookup.inputs[1]), padding(graph, pad), ints(rows, 'perm')];
  if (!matrix || !bias || !places || !before || `${order}` !== '0,3,1,2' || `${ints(end, 'perm')}` !== '0,3,2,1')
    return undefined;
  const [kernel, filters] = matrix.dims;
  const from = trace.get(pad.inputs[0])?.dims;
  const to = trace.get(end.outputs[0])?.dims;
  const padded = trace.get(lookup.inputs[0])?.dims;
  if (from?.length !== 4 || from[1] !== 1 || padded?.length !== 3 || int(lookup, 'axis', 0) !== 1) return undefined;
  const height = from[2] + before[0] + before[1] - kernel + 1;
  if (`${to}` !== `${[1, filters, height, from[3]]}` || padded[2] !== from[3] || bias.data.length !== filters)
    return undefined;
  const isEveryPlace =
    places.length === height * kernel && places.every((row, i) => row === Math.floor(i / kernel) + (i % kernel));
  if (!isEveryPlace) return undefined;
  const weights = Float32Array.from(
    { length: filters * kernel },
    (_, i) => matrix.data[(i % kernel) * filters + Math.floor(i / kernel)],
  );
  return { input: pad.inputs[0], kernel, filters, pads: before, weights, bias: bias.data };
}

/** Zeros above and below a picture, when nothing else is padded. */
function padding(graph: Graph, pad: GraphNode): readonly [number, number] | undefined {
  const pads = ints(pad, 'pads') ?? graph.integers(pad.inputs[1]);
  const value = pad.inputs[2] ? graph.floats(pad.inputs[2])?.data[0] : 0;
  if (pads?.length !== 8 || value !== 0 || text(pad, 'mode', 'constant') !== 'constant') return undefined;
  const [, , above, , , , below] = pads;
  return pads.reduce((sum, each) => sum + each, 0) === above + below ? [above, below] : undefined;
}
