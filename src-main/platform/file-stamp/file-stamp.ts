import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { AppError } from '../../rpc';

/** A file as it was at one moment: enough to notice, without reading it, that it is another one now. */
export interface FileStamp {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** The drive, and the number of the file on it. */
  readonly device: string;
  readonly inode: string;
}

/** What is remembered of a stamp: of many files size and time alone, as copies and some network drives renumber them. */
export type KnownStamp = Pick<FileStamp, 'sizeBytes' | 'mtimeMs'>;

export function stampOf({ size, mtimeMs, dev, ino }: Pick<Stats, 'size' | 'mtimeMs' | 'dev' | 'ino'>): FileStamp {
  return { sizeBytes: size, mtimeMs, device: String(dev), inode: String(ino) };
}

/** The stamp of a file, symbolic links followed; undefined when it is not there or may not be looked at. */
export async function findStamp(path: string): Promise<FileStamp | undefined> {
  return stat(path).then(stampOf, () => undefined);
}

/** As `findStamp`; throws `not_found`. */
export async function getStamp(path: string): Promise<FileStamp> {
  return stat(path).then(stampOf, (cause) => {
    throw new AppError('not_found', 'The file is not there any more.', { cause });
  });
}

/** The part of a stamp that is worth keeping beyond this moment. */
export const knownStamp = ({ sizeBytes, mtimeMs }: KnownStamp): KnownStamp => ({ sizeBytes, mtimeMs });

/**
 * Whether two stamps can be of the same unchanged file. What both know is compared: size and time always, the number of
 * the file only where both say on which drive, since it means nothing without.
 */
export function isSameStamp(a: StampToCompare, b: StampToCompare): boolean {
  if (a.sizeBytes !== b.sizeBytes || a.mtimeMs !== b.mtimeMs) return false;
  return a.device === undefined || b.device === undefined || (a.device === b.device && a.inode === b.inode);
}
type StampToCompare = KnownStamp & { readonly device?: string; readonly inode?: string | null };
