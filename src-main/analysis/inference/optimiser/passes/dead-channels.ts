import { type Graph, type GraphNode, liveFilters, readConvolution, type Trace } from '../graph';
import { type Channels, Refused, ruleOf } from './channel-rules';

/** The runtime's kernels take the channels sixteen at a time: so many are kept, dead ones among them. */
const BLOCK = 16;

/**
 * Filters whose weights are nothing give a constant, which is the same for every input. They are left out, and with
 * them their channels in all that follows, up to the operation that sums over channels: there the constants are added
 * once and for all. A convolution whose channels reach something that no rule is known for stays whole.
 */
export function deadChannels(graph: Graph, trace: Trace): void {
  const refused = new Set<GraphNode>();
  for (;;) {
    try {
      for (const edit of planned(graph, trace, refused)) edit();
      return;
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      for (const source of thrown.sources) refused.add(source);
    }
  }
}

type Edit = () => void;

/** What is to be changed, found before anything is. Throws `Refused` with the convolutions that have to stay whole. */
function planned(graph: Graph, trace: Trace, refused: ReadonlySet<GraphNode>): Edit[] {
  const states = new Map<string, Channels>();
  const edits: Edit[] = [];
  for (const node of graph.nodes) {
    const isReached = node.inputs.some((name) => states.has(name));
    if (isReached) {
      const { channels, edit } = ruleOf({ graph, trace, states, node });
      if (edit) edits.push(edit);
      if (channels) states.set(node.outputs[0], channels);
    }
    const own = refused.has(node) ? undefined : deadOf(graph, node);
    if (!own) continue;
    // One that loses channels at both ends is read again after the first change.
    edits.push(() => keepFilters(graph, node, own.kept));
    states.set(node.outputs[0], own);
  }
  for (const [name, { sources }] of states) if (graph.isOutput(name)) throw new Refused(sources);
  return edits;
}

function deadOf(graph: Graph, node: GraphNode): Channels | undefined {
  const convolution = readConvolution(graph, node);
  if (convolution?.group !== 1) return undefined;
  const [filters] = convolution.dims;
  const live = liveFilters(convolution);
  const count = Math.min(filters, Math.max(1, Math.ceil(live.length / BLOCK)) * BLOCK);
  if (count === filters) return undefined;
  const isLive = new Set(live);
  const spare = Array.from({ length: filters }, (_, i) => i).filter((filter) => !isLive.has(filter));
  const kept = [...live, ...spare.slice(0, count - live.length)].sort((a, b) => a - b);
  return { axis: 1, size: filters, kept, sources: new Set([node]) };
}

function keepFilters(graph: Graph, node: GraphNode, kept: readonly number[]): void {
  const { dims, weights, bias } = readConvolution(graph, node)!;
  const size = weights.length / dims[0];
  const chosen = Float32Array.from(
    { length: kept.length * size },
    (_, i) => weights[kept[Math.floor(i / size)] * size + (i % size)],
  );
  node.inputs = [
    node.inputs[0],
    graph.constant(chosen, [kept.length, ...dims.slice(1)]),
    graph.constant(
      Float32Array.from(kept, (filter) => bias[filter]),
      [kept.length],
    ),
  ];
}
