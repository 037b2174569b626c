import { access, constants, lstat, stat, statfs } from 'node:fs/promises';
import { type FileStamp, isSameStamp, stampOf } from '../../platform/file-stamp';
import { AppError } from '../../rpc';

/** The file as it is now; of a symbolic link the link itself, which nothing is written through. */
export const stampAt = (path: string): Promise<FileStamp> => lstat(path).then(stampOf);

export function changedSince(): AppError {
  return new AppError('file_changed', 'The file was changed by another program since it was read.');
}

/** Throws `file_changed` when the file is not the expected one any more, or is there where none was expected. */
export async function refuseChanged(path: string, expected: FileStamp | null): Promise<void> {
  if (expected === null) return refuseThere(path);
  if (!isSameStamp(await stampAt(path), expected)) throw changedSince();
}

async function refuseThere(path: string): Promise<void> {
  const isFree = await lstat(path).then(
    () => false,
    (thrown: NodeJS.ErrnoException) => thrown.code === 'ENOENT',
  );
  if (!isFree) throw new AppError('file_changed', 'Another program has put a file in this place meanwhile.');
}

export async function refuseReadOnly(path: string): Promise<void> {
  const { mode } = await stat(path);
  // Who may do everything would not be stopped by the mode, but it was set by someone who meant it.
  if ((mode & 0o222) === 0) throw new AppError('not_writable', 'The file is marked as read-only.');
  await access(path, constants.W_OK);
}

/** Twice the file, because others are written at the same time, and a reserve. */
export async function refuseFullDisk(folder: string, sizeBytes: number, reserveBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < 2 * sizeBytes + reserveBytes) {
    throw new AppError('disk_full', 'There is too little space left on the disk to change a file safely.');
  }
}
