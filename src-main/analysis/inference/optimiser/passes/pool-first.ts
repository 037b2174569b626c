import { type Graph, type GraphNode, ints, readConvolution } from '../graph';

/**
 * The largest of several values is found before they are scaled, not after: relu and batch norm keep the order where
 * the scale is positive, and turn it where it is negative, so that those filters are turned round for it and back
 * behind it. What comes behind the pooling then works on a small part of the values.
 */
export function poolFirst(graph: Graph): void {
  const chains = graph.nodes.flatMap((pool) => chainTo(graph, pool) ?? []);
  const hasTurned = chains.some(({ signs }) => signs.some((sign) => sign < 0));
  for (const { convolution, steps, pool, signs } of chains) {
    const { dims, weights, bias } = readConvolution(graph, convolution)!;
    const size = weights.length / dims[0];
    const turnedWeights = weights.map((weight, i) => weight * signs[Math.floor(i / size)]);
    const turnedBias = bias.map((value, i) => value * signs[i]);
    const last = steps.at(-1)!;
    convolution.inputs = [
      convolution.inputs[0],
      graph.constant(turnedWeights, dims),
      graph.constant(turnedBias, [dims[0]]),
    ];
    const pooled = graph.node('MaxPool', [convolution.outputs[0]], pool.attributes);
    // The same in every branch, so that branches can be joined.
    const back = hasTurned
      ? [graph.node('Mul', [pooled.outputs[0], graph.constant(Float32Array.from(signs), [1, dims[0], 1, 1])])]
      : [];
    steps[0].inputs[0] = (back[0] ?? pooled).outputs[0];
    last.outputs = [pool.outputs[0]];
    graph.replace(pool);
    // What stands between is put behind, in the order of the way.
    graph.nodes = graph.nodes.filter((node) => !steps.includes(node));
    graph.nodes.splice(graph.nodes.indexOf(convolution) + 1, 0, pooled, ...back, ...steps);
  }
}

function chainTo(graph: Graph, pool: GraphNode) {
  if (pool.op !== 'MaxPool' || pool.outputs.length !== 1 || (ints(pool, 'pads') ?? []).some((pad) => pad > 0))
    return undefined;
  const steps: GraphNode[] = [];
  let from = graph.producer(pool.inputs[0]);
  for (; from && (from.op === 'Relu' || from.op === 'BatchNormalization'); from = graph.producer(from.inputs[0])) {
    if (!graph.onlyConsumer(from.outputs[0])) return undefined;
    steps.unshift(from);
  }
  const convolution = from && readConvolution(graph, from);
  if (!from || !convolution || steps.length === 0 || !graph.onlyConsumer(from.outputs[0])) return undefined;
  const signs = Array.from({ length: convolution.dims[0] }, () => 1);
  for (const step of steps.filter(({ op }) => op === 'BatchNormalization')) {
    const scale = graph.floats(step.inputs[1]);
    if (!scale) return undefined;
    for (const [channel, value] of scale.data.entries()) if (value < 0) signs[channel] *= -1;
  }
  return { convolution: from, steps, pool, signs };
}
