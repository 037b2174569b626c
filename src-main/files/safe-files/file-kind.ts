import type { JournalEntry } from './journal-entry';
import type { Source } from './source';

/** A kind of file that the application writes, declared by the domain that owns it and registered in `app/`. */
export interface FileKind {
  /** Its name in the journal: `audio`, `playlist`. */
  readonly kind: string;
  /**
   * What an undo needs of the old file: `splices` keeps the bytes that the new one has no more, for large files of which
   * little changes; else all of it is kept, and a file that is larger than this is neither replaced nor removed.
   */
  readonly keeps: 'splices' | { readonly wholeUpToBytes: number };
  /** Bytes that a write leaves free on the disk. Default 0. */
  readonly reserveBytes?: number;
  /** Reads the finished copy as if it were any file of its kind; throws when it may not take the file's place. */
  verify?(copy: Source): Promise<void>;
  /** Brings what is known of a file up to date after a write to it was undone. */
  undone?(entry: JournalEntry): void | Promise<void>;
}
