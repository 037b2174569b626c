import { createPatchCutter, createPatchSpreader } from '../../audio';
import type { Embedding, HeadKind, PooledScore, Preset } from '../session';
import { HEAD_BATCH, type LoadedBackbone } from '../session';
import { createActivations } from './pooling';

/** The preset `fast` analyzes this many patches of a track, spread evenly. */
const FAST_PATCHES = 40;

/** What one backbone and its heads found in a whole track. */
export interface PatchResults {
  readonly backbone: string;
  readonly patches: number;
  readonly isShort: boolean;
  readonly embedding: Embedding | null;
  readonly heads: readonly { name: string; task: string; kind: HeadKind; scores: readonly PooledScore[] }[];
}

/** Frames from the start of one patch to the next; `precise` is what the models were released with. */
export function hopOf(frames: number, preset: Preset): number {
  if (preset !== 'precise') return frames;
  const released: Record<number, number> = { 187: 93, 128: 62, 96: 93 };
  return released[frames] ?? Math.ceil(frames / 2);
}

/** Feeds mel frames to a backbone as they come, and keeps of its answers only what the pooling needs. */
export function createPatchAnalyzer(backbone: LoadedBackbone, preset: Preset) {
  const { frames, bands, embeddingSize: size } = backbone;
  const cutter = createPatchCutter({ frames, bands, hop: hopOf(frames, preset) });
  const spreader = preset === 'fast' ? createPatchSpreader(FAST_PATCHES) : undefined;
  const heads = backbone.heads.map((head) => ({ head, collected: createActivations(head.model.classes) }));
  const own = backbone.model.activations;
  const ownActivations = own && createActivations(own.classes);
  const sum = new Float64Array(size);
  const waiting = new Float32Array(HEAD_BATCH * size);
  let patches = 0;
  let waitingCount = 0;
  let last: Awaited<ReturnType<LoadedBackbone['run']>> | undefined;

  /** What the backbone makes of a patch. Digital silence is the same patch for hours, which it is asked about once. */
  async function runBackbone(patch: Float32Array) {
    if (last && isSame(patch, backbone.patch)) return last;
    backbone.patch.set(patch);
    last = await backbone.run();
    return last;
  }

  async function analyzePatch(patch: Float32Array): Promise<void> {
    const { embedding, activations } = await runBackbone(patch);
    patches++;
    for (let i = 0; i < size; i++) sum[i] += embedding[i];
    if (activations) ownActivations?.add(activations, 1);
    waiting.set(embedding, waitingCount++ * size);
    if (waitingCount === HEAD_BATCH) await runHeads();
  }

  async function runHeads(): Promise<void> {
    for (const { head, collected } of heads) collected.add(await head.run(waiting), waitingCount);
    waitingCount = 0;
  }

  return {
    async push(mel: Float32Array): Promise<void> {
      for (const patch of cutter.push(mel)) {
        if (spreader) spreader.push(patch);
        else await analyzePatch(patch);
      }
    },
    /** @param onPatch told the share of the patches that were held back until now */
    async finish(onPatch: (fraction: number) => void = () => {}): Promise<PatchResults> {
      const chosen = spreader?.finish() ?? [];
      for (const [i, patch] of chosen.entries()) {
        await analyzePatch(patch);
        onPatch((i + 1) / chosen.length);
      }
      const rest = cutter.finish();
      if (rest) await analyzePatch(rest.patch);
      if (waitingCount > 0) await runHeads();
      const scores = heads.map(({ head: { model }, collected }) => ({ ...pick(model), scores: collected.pool() }));
      const ownScores =
        own && ownActivations && patches > 0
          ? [{ name: backbone.model.name, task: own.task, kind: 'sigmoid' as const, scores: ownActivations.pool() }]
          : [];
      return {
        backbone: backbone.model.id,
        patches,
        isShort: rest !== undefined,
        embedding:
          patches > 0
            ? { backbone: backbone.model.id, vector: Float32Array.from(sum, (value) => value / patches) }
            : null,
        heads: patches > 0 ? [...scores, ...ownScores] : [],
      };
    },
  };
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

const pick = ({ name, task, kind }: { name: string; task: string; kind: HeadKind }) => ({ name, task, kind });
