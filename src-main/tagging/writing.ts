import type { Container } from './files/container';

/** One field of a file before and after, under the name that people know it by: `nom:happy`, `bpm`. */
export interface TagChange {
  readonly field: string;
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/** The file as it was when it was read; a write refuses when it is another now. */
export interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
  readonly inode: string;
  /** How many names the file has. */
  readonly links: number;
}

/** Fields that every player knows, beside our namespace. */
export const STANDARD_FIELDS = ['bpm', 'initialkey', 'replaygain_track_gain', 'replaygain_track_peak'] as const;
export type StandardField = (typeof STANDARD_FIELDS)[number];

/** What shall be in a file. */
export interface WantedTags {
  /** `nom` */
  readonly namespace: string;
  /** Key without the namespace → values. Every other key of the namespace is removed, unless others are kept. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** Leave the keys that are not named here, but for the moods, of which an old list would contradict a new one. */
  readonly keepOthers?: boolean;
  /** Written where the file has none yet; always, with `overwriteStandard`. What is not named is left alone. */
  readonly standard?: Readonly<Partial<Record<StandardField, string>>>;
  readonly overwriteStandard?: boolean;
}

/** What a write would change; without changes it would not even open the file. */
export interface TagPlan {
  /** The real file, symbolic links followed. */
  readonly path: string;
  readonly container: Container;
  readonly state: FileState;
  readonly wanted: WantedTags;
  readonly changes: readonly TagChange[];
}

export interface WriteOptions {
  readonly jobId?: number;
  readonly trackId?: number;
  /** Give the new file the time of the old one. Default true. */
  readonly keepMtime?: boolean;
  /** A file with several names is left alone, or gets a copy of its own under this name. Default `skip`. */
  readonly hardLinks?: 'skip' | 'break';
}

/** What a write left behind. */
export interface TagWritten {
  /** By which it can be undone. */
  readonly id: number;
  readonly path: string;
  readonly state: FileState;
  readonly payloadHash: string;
  readonly changes: readonly TagChange[];
}

export type WriteState = 'prepared' | 'written' | 'undoing' | 'undone' | 'abandoned';

/** One write to one file, as the journal keeps it. */
export interface JournalEntry {
  readonly id: number;
  readonly jobId: number | null;
  readonly trackId: number | null;
  readonly path: string;
  readonly tempPath: string;
  readonly state: WriteState;
  readonly payloadHash: string;
  readonly oldSize: number;
  readonly oldMtimeMs: number;
  readonly oldFileHash: string;
  readonly newSize: number;
  readonly newMtimeMs: number;
  readonly newFileHash: string;
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

export interface TagWriter {
  /** Reads the file and tells what would change. Throws `not_found`, `unsupported_file`, `invalid_input`. */
  plan(path: string, wanted: WantedTags): Promise<TagPlan>;
  /**
   * Replaces the file by one that carries the plan's tags, or throws and leaves it as it was: `file_changed`,
   * `not_writable`, `disk_full`, `not_found`, `unsupported_file`. Null when the plan changes nothing.
   */
  write(plan: TagPlan, options?: WriteOptions): Promise<TagWritten | null>;
  /**
   * Puts the file back to its bytes before one write. Throws `not_found`, `conflict`, `file_changed` and as `write`.
   */
  undo(id: number): Promise<UndoResult>;
  /** Undoes every write of a job, the latest first; a file that cannot be put back is reported and passed over. */
  undoJob(jobId: number): Promise<UndoResult[]>;
  /** Undoes the latest write to a file that is not undone yet. */
  undoFile(path: string): Promise<UndoResult>;
  /** Says that a file has another path now, so that its writes can still be undone. */
  moved(from: string, to: string): void;
  /** The writes that the journal holds, the latest first. */
  list(of: { jobId: number } | { path: string } | { limit: number }): JournalEntry[];
  /**
   * Settles what a crash left open and removes left-over copies: at start, before anything is written, or below a
   * folder that is there again. What is under way is left to itself.
   */
  recover(below?: string): Promise<Recovery>;
}
