import { readFile } from 'node:fs/promises';
import {
  type BackboneModel,
  createPatchRunner,
  embeddingTensors,
  HEAD_BATCH,
  type LoadedBackbone,
  loadModels,
  loadRuntime,
  type PatchRunner,
} from '../session';
import { UnknownGraph } from './graph';
import { optimise } from './optimise';
import { proofPatches } from './proof-patches';

/** Raised by hand whenever a pass changes what it makes. */
export const OPTIMISER_REVISION = 1;

/** The most by which any score may differ; a hundred times less than what is shown of one. */
const MAX_DIFFERENCE = 1e-4;

/** What came of it. Without `bytes` the published model is used, for the reason. */
export interface OptimiseOutcome {
  readonly bytes: Uint8Array | null;
  readonly reason: string | null;
  /** Of any head's score, any activation, and of the embedding in relation to its largest number. */
  readonly largestDifference: number | null;
  readonly patches: number;
}

/**
 * Rewrites an embedding model and runs it beside the published one, with all its heads, on made patches and on those
 * of real tracks. Throws what loading the published model throws.
 */
export async function optimiseAndProve(model: BackboneModel, tracks: readonly string[]): Promise<OptimiseOutcome> {
  const published = await loadModels({ backbones: [{ ...model, optimised: undefined }] });
  try {
    const backbone = published.backbones.at(0);
    if (!backbone) return refused(published.problems.join(' '));
    const bytes = await rewritten(model.file, backbone);
    if (typeof bytes === 'string') return refused(bytes);
    const runtime = loadRuntime();
    const session = await runtime.open(bytes);
    try {
      const tensors = embeddingTensors(session, model.name, backbone.embeddingSize);
      const runner = createPatchRunner({ session, runtime }, tensors, backbone.model.activations !== null);
      const proof = await compare(backbone, runner, tracks);
      if (proof.largestDifference <= MAX_DIFFERENCE) return { bytes, reason: null, ...proof };
      const by = proof.largestDifference.toExponential(1);
      return { bytes: null, reason: `its scores would differ by ${by} on this machine`, ...proof };
    } finally {
      await session.release();
    }
  } finally {
    await published.release();
  }
}

const refused = (reason: string): OptimiseOutcome => ({ bytes: null, reason, largestDifference: null, patches: 0 });

/** The rewritten model, or why there is none. */
async function rewritten(file: string, { frames, bands }: LoadedBackbone): Promise<Uint8Array | string> {
  const bytes = await readFile(file);
  try {
    const made = await optimise(bytes, new Float32Array(frames * bands).fill(1));
    return made ?? 'nothing in it can be left out';
  } catch (thrown) {
    if (thrown instanceof UnknownGraph) return thrown.message;
    return `it could not be rewritten: ${(thrown as Error).message.split('\n', 1)[0]}`;
  }
}

type Answer = Awaited<ReturnType<PatchRunner['run']>>;

async function compare(published: LoadedBackbone, optimised: PatchRunner, tracks: readonly string[]) {
  const rows = { published: createRows(published), optimised: createRows(published) };
  let largestDifference = 0;
  let patches = 0;
  const note = (difference: number) => {
    // What is not a number is no agreement.
    if (!(difference <= largestDifference)) largestDifference = Number.isNaN(difference) ? Infinity : difference;
  };
  const runHeads = async () => {
    const [ours, theirs] = [await rows.optimised.scores(), await rows.published.scores()];
    for (const [i, score] of theirs.entries()) note(Math.abs(score - ours[i]));
  };
  for await (const patch of proofPatches(published, tracks)) {
    published.patch.set(patch);
    optimised.patch.set(patch);
    const [theirs, ours] = [await published.run(), await optimised.run()];
    note(differenceOf(theirs, ours));
    rows.published.add(theirs.embedding);
    rows.optimised.add(ours.embedding);
    patches++;
    if (patches % HEAD_BATCH === 0) await runHeads();
  }
  await runHeads();
  return { largestDifference, patches };
}

function differenceOf(theirs: Answer, ours: Answer): number {
  const largest = theirs.embedding.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  let difference = 0;
  for (const [i, value] of theirs.embedding.entries())
    difference = Math.max(difference, Math.abs(value - ours.embedding[i]) / largest);
  for (const [i, value] of theirs.activations?.entries() ?? [])
    difference = Math.max(difference, Math.abs(value - (ours.activations?.[i] ?? Number.NaN)));
  return difference;
}

/** Collects embeddings until the heads take them. */
function createRows({ heads, embeddingSize }: LoadedBackbone) {
  const waiting = new Float32Array(HEAD_BATCH * embeddingSize);
  let count = 0;
  return {
    add(embedding: Float32Array): void {
      waiting.set(embedding, count++ * embeddingSize);
    },
    async scores(): Promise<number[]> {
      const all: number[] = [];
      for (const head of heads) {
        const scores = await head.run(waiting);
        all.push(...scores.subarray(0, (scores.length / HEAD_BATCH) * count));
      }
      count = 0;
      return all;
    },
  };
}
