import type { KnownStamp } from '../../platform/file-stamp';

/** One field of a file before and after, under the name that people know it by: `nom:happy`, `bpm`. */
export interface TagChange {
  readonly field: string;
  readonly old: readonly string[];
  readonly new: readonly string[];
}

export type WriteState = 'prepared' | 'written' | 'undoing' | 'undone' | 'abandoned';

/** A file's content by its stamp and the SHA-256 of every byte. */
export interface FileVersion extends KnownStamp {
  readonly fileHash: string;
}

/** One write to one file, as the journal keeps it. */
export interface JournalEntry {
  readonly id: number;
  readonly kind: string;
  readonly jobId: number | null;
  readonly trackId: number | null;
  readonly path: string;
  readonly tempPath: string;
  readonly state: WriteState;
  /** Of audio: SHA-256 of what is not tags, the same before and after. */
  readonly payloadHash: string | null;
  /** Null when the write made the file. */
  readonly before: FileVersion | null;
  /** Null when the write removed the file. */
  readonly after: FileVersion | null;
  readonly changes: readonly TagChange[];
  readonly createdAt: string;
  readonly undoneAt: string | null;
}

/** What one undo did; the reason when the file was left as it is. */
export interface UndoResult {
  readonly id: number;
  readonly path: string;
  readonly undone: boolean;
  readonly reason?: { code: string; message: string };
}

export interface Recovery {
  /** Writes whose file turned out to be the new one, and those that never replaced it. */
  readonly written: number;
  readonly abandoned: number;
  /** Left-over copies that were removed. */
  readonly removed: number;
}
