import type { Hash } from 'node:crypto';
import type { Splice } from '../../safe-files';
import type { Container } from './container';

/** One tag of a file as its container holds it: a frame, an atom, a comment, a picture, a chunk. */
export interface TagItem {
  /** What the container calls it: `TXXX`, `----`, `PICTURE`. */
  readonly kind: string;
  /** The name in lower case, for text that may be ours: `nom:happy`, `bpm`. */
  readonly field?: string;
  readonly values?: readonly string[];
  /** Its bytes, by which it is known again; without positions and sizes that move with their neighbours. */
  readonly bytes: Buffer;
}

export interface TagField {
  readonly field: string;
  readonly values: readonly string[];
  /** How its name is spelled where the container has no way of its own; as `field` when it is not said. */
  readonly name?: string;
  /** A field of ours, not one that is carried over from an older tag. */
  readonly isOwn?: boolean;
  /** A cover, which `values` only describe. Its description is a file's name, mostly. */
  readonly picture?: { readonly mimeType: string; readonly description: string; readonly data: Buffer };
}

export interface TagEdit {
  readonly drop: ReadonlySet<TagItem>;
  readonly add: readonly TagField[];
}

/** A file that was understood: what it carries, and how to change that without touching anything else. */
export interface TagFile {
  readonly container: Container;
  readonly items: readonly TagItem[];
  /**
   * Fields to add when the file gets its first tag of the kind we write, because readers stop looking at its older
   * tag (APE, ID3v1, INFO) as soon as there is a newer one. The older tag keeps them too.
   */
  readonly carryOver: readonly TagField[];
  /** Feeds the encoded audio, and what is needed to decode it, to the hash; no tag and no file position. */
  hashPayload(hash: Hash): Promise<void>;
  edit(edit: TagEdit): Promise<Splice[]>;
}
