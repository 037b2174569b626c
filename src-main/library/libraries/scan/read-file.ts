import { basename, join } from 'node:path';
import type { TrackMetadata } from '../../../files/tag-formats';
import { AppError } from '../../../rpc';
import { type FoundFile, type ReadTags, withReadablePath } from '../../tracks';

/** How the scan looks into files; both belong to `tagging`. */
export interface FileReaders {
  readMetadata(path: string): Promise<TrackMetadata>;
  /** SHA-256 of the encoded audio without any tag, hexadecimal. */
  payloadHash(path: string): Promise<string>;
}

/** Looks into the files of one library root, also those whose names are not UTF-8. */
export interface FileLooks {
  /** Null when the file vanished since the walk. */
  tags(file: FoundFile): Promise<ReadTags | null>;
  /** Null when it cannot be told. */
  payloadHash(file: FoundFile): Promise<string | null>;
}

export function lookInto(root: string, { readMetadata, payloadHash }: FileReaders): FileLooks {
  function open<T>(file: FoundFile, use: (path: string) => Promise<T>): Promise<T> {
    if (!file.pathBytes) return use(join(root, file.path));
    return withReadablePath(Buffer.concat([Buffer.from(`${root}/`), file.pathBytes]), use);
  }
  return {
    async tags(file) {
      try {
        return { metadata: await open(file, readMetadata) };
      } catch (thrown) {
        return isGone(thrown) ? null : { failure: failureOf(thrown, file) };
      }
    },
    // A file that cannot be read as a whole is told by phase 5; here it only matches no other.
    payloadHash: (file) => open(file, payloadHash).catch(() => null),
  };
}

function isGone(thrown: unknown): boolean {
  return thrown instanceof AppError ? thrown.code === 'not_found' : (thrown as NodeJS.ErrnoException).code === 'ENOENT';
}

function failureOf(thrown: unknown, file: FoundFile) {
  if (thrown instanceof AppError) return { code: thrown.code, message: thrown.message };
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'unreadable_audio', message: `"${basename(file.path)}" could not be read: ${reason}` };
}
