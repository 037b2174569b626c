import { createHash } from 'node:crypto';
import type { HeadKind } from './analysis';
import type { Backend } from './runtime';

/** A head ready for use: a file, and what each of its outputs means. */
export interface HeadModel {
  readonly name: string;
  readonly task: string;
  readonly kind: HeadKind;
  readonly file: string;
  readonly sha256: string;
  readonly classes: readonly string[];
}

/** An embedding model with the heads that are built upon it. */
export interface BackboneModel {
  /** The folder's name: `musicnn`. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly sha256: string;
  /** What its own activations answer, where the classes are known: a head that comes for free. */
  readonly activations: { readonly task: string; readonly classes: readonly string[] } | null;
  readonly heads: readonly HeadModel[];
  /** The same model with less to do, where it was proven on this machine that it gives the same. */
  readonly optimised?: OptimisedFile;
}

export interface OptimisedFile {
  readonly file: string;
  readonly sha256: string;
  /** Of the optimiser that made it. */
  readonly revision: number;
}

/** All that a worker loads. Plain data: it crosses the border to the worker as it is. */
export interface ModelSet {
  /** What runs them; the first that there is where nothing is said. */
  readonly backend?: Backend;
  readonly backbones: readonly BackboneModel[];
}

export const NO_MODELS: ModelSet = { backbones: [] };

const PREFERENCE = ['effnet', 'musicnn'];

/** Backbones from the most to the least preferred; the order decides whose head keeps the plain name of a task. */
export function byPreference(a: { readonly id: string }, b: { readonly id: string }): number {
  const rank = (id: string) => (PREFERENCE.includes(id) ? PREFERENCE.indexOf(id) : PREFERENCE.length);
  return rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1);
}

/** A short sum over all files and labels of a set, part of every analysis version: other models, other scores. */
export function suiteHash(set: ModelSet): string {
  const lines = set.backbones.flatMap((backbone) => [
    `${backbone.id}/${backbone.name}:${backbone.sha256}:${backbone.activations?.classes.join('|') ?? ''}`,
    ...backbone.heads.map(
      (head) => `${backbone.id}/${head.name}:${head.sha256}:${head.kind}:${head.classes.join('|')}`,
    ),
  ]);
  return lines.length === 0 ? 'none' : createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 12);
}
