import { decodeModel, encodeModel, type Graph, type OnnxModel, type Trace, trace } from './graph';
import { deadChannels, exportedProduct, joinBranches, poolFirst, wideKernel } from './passes';

/** In this order: the last finds more where the first have been. */
const PASSES: readonly ((graph: Graph, trace: Trace) => void)[] = [
  exportedProduct,
  wideKernel,
  poolFirst,
  joinBranches,
  deadChannels,
];

/**
 * Rewrites a model so that it does less for the same answer; undefined when nothing in it can be left out. Throws
 * `UnknownGraph` for what cannot be read; a part that no pass knows stays as it is.
 *
 * @param patch all of its input for one patch; any will do
 */
export async function optimise(bytes: Uint8Array, patch: Float32Array): Promise<Uint8Array | undefined> {
  const model: OnnxModel = decodeModel(bytes);
  const before = weightsOf(model.graph);
  for (const pass of PASSES) {
    pass(model.graph, await trace(model, patch));
    model.graph.prune();
  }
  return weightsOf(model.graph) < before ? encodeModel(model) : undefined;
}

/** How many numbers a graph holds. */
const weightsOf = ({ constants }: Graph): number => {
  let sum = 0;
  for (const { data } of constants.values()) sum += data.length;
  return sum;
};
