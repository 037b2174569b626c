import type { TagChange } from '../../../files/safe-files';
import type { Container, WantedTags } from '../../../files/tag-formats';
import type { FileStamp } from '../../../platform/file-stamp';

/** What a write would change; without changes it would not even open the file. */
export interface TagPlan {
  /** The real file, symbolic links followed. */
  readonly path: string;
  readonly container: Container;
  /** The file as it was read; a write refuses when it is another now. */
  readonly stamp: FileStamp;
  /** How many names the file has. */
  readonly links: number;
  readonly wanted: WantedTags;
  readonly changes: readonly TagChange[];
}

interface WriteOptions {
  readonly jobId?: number;
  readonly trackId?: number;
  /** Give the new file the time of the old one. Default true. */
  readonly keepMtime?: boolean;
  /** A file with several names is left alone, or gets a copy of its own under this name. Default `skip`. */
  readonly hardLinks?: 'skip' | 'break';
}

/** What a write left behind. */
interface TagWritten {
  /** By which it can be undone. */
  readonly id: number;
  readonly path: string;
  readonly stamp: FileStamp;
  readonly payloadHash: string;
  readonly changes: readonly TagChange[];
}

export interface TagWriter {
  /** Reads the file and tells what would change. Throws `not_found`, `unsupported_file`, `invalid_input`. */
  plan(path: string, wanted: WantedTags): Promise<TagPlan>;
  /**
   * Replaces the file by one that carries the plan's tags, or throws and leaves it as it was: `file_changed`,
   * `not_writable`, `disk_full`, `not_found`, `unsupported_file`. Null when the plan changes nothing.
   */
  write(plan: TagPlan, options?: WriteOptions): Promise<TagWritten | null>;
}
