/**
 * What a worker found in one file; the value that is handed along from the worker to the scores in the database, and
 * what `nom analyze` prints. Plain data, so that it crosses a process border as it is.
 */
import type { Descriptors } from '../../audio';

/** How densely the patches are laid: hop of the backbone's training, hop of one patch, or at most 40 in all. */
export const PRESETS = ['precise', 'balanced', 'fast'] as const;
export type Preset = (typeof PRESETS)[number];

/** One label's activation over the patches of a track, each 0…1 (or as the head gives it, for a regression). */
export interface PooledScore {
  readonly label: string;
  readonly mean: number;
  /** Mean without the highest and lowest tenth. */
  readonly trimmedMean: number;
  /** Population standard deviation over the patches; null when there was one patch only. */
  readonly std: number | null;
  readonly min: number;
  readonly max: number;
}

export type HeadKind = 'softmax' | 'sigmoid' | 'identity';

export interface HeadScores {
  /** The task, `mood_happy`. Where two backbones have a head for it, the one that is not preferred has its stem. */
  readonly head: string;
  readonly backbone: string;
  readonly kind: HeadKind;
  /** In the order of the head's output. */
  readonly scores: readonly PooledScore[];
}

export interface Embedding {
  readonly backbone: string;
  /** Mean over the patches. */
  readonly vector: Float32Array;
}

export interface Analysis {
  readonly version: string;
  readonly preset: Preset;
  readonly durationS: number;
  /** Patches of the first backbone; 0 when no model is installed. */
  readonly patches: number;
  /** The file was shorter than one patch, which was looped. */
  readonly isShort: boolean;
  /** The file ended before its audio did, or parts of it could not be decoded; the rest was analyzed. */
  readonly isTruncated: boolean;
  /** How long the file says that its audio is; null where it says nothing. */
  readonly expectedS: number | null;
  /** `builtin`, or the name and version of a program: `ffmpeg 5.1.6`. */
  readonly decodedBy: string;
  /** What ran the models: `onnxruntime 1.30.0, optimised 1`. Makes no difference to a score beyond rounding. */
  readonly runtime: string;
  /** Of the sound as it was decoded; null where its file counts in other units (DSD). */
  readonly sound: { readonly sampleRate: number; readonly channels: number } | null;
  readonly heads: readonly HeadScores[];
  readonly embeddings: readonly Embedding[];
  readonly descriptors: Descriptors | null;
}
