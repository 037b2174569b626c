import { AppError, type ErrorCode } from '../../rpc';

const READ: Record<string, [ErrorCode, string]> = {
  ENOENT: ['not_found', 'The file is not there.'],
  ENOTDIR: ['not_found', 'The file is not there.'],
  EISDIR: ['unsupported_file', 'This is a folder, not a file.'],
  EACCES: ['unreadable_audio', 'The file may not be read; its permissions forbid it.'],
  EPERM: ['unreadable_audio', 'The file may not be read; its permissions forbid it.'],
  EIO: ['unreadable_audio', 'The disk could not read the file.'],
  ESTALE: ['unreadable_audio', 'The network drive lost the file.'],
};

const WRITE: Record<string, [ErrorCode, string]> = {
  ...READ,
  ENOSPC: ['disk_full', 'There is no space left on the disk.'],
  EDQUOT: ['disk_full', 'The quota of the disk is used up.'],
  EACCES: ['not_writable', 'The folder or the file may not be written; its permissions forbid it.'],
  EPERM: ['not_writable', 'The folder or the file may not be changed; it is protected.'],
  EEXIST: ['not_writable', 'A file is where its folder would have to be.'],
  ENAMETOOLONG: ['not_writable', 'The name of the file is longer than the disk takes.'],
  EROFS: ['not_writable', 'The drive is mounted for reading only.'],
  EBUSY: ['not_writable', 'Another program uses the file.'],
  ETXTBSY: ['not_writable', 'Another program uses the file.'],
  EIO: ['not_writable', 'The disk could not write the file.'],
  ESTALE: ['not_writable', 'The network drive lost the file.'],
};

/** Runs something that reads a file, and gives a failure of the file system the sentence that it deserves. */
export function readErrorOf<T>(run: () => Promise<T>): Promise<T> {
  return translated(run, READ);
}

export function writeErrorOf<T>(run: () => Promise<T>): Promise<T> {
  return translated(run, WRITE);
}

async function translated<T>(run: () => Promise<T>, table: Record<string, [ErrorCode, string]>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    const known = table[(thrown as NodeJS.ErrnoException).code ?? ''];
    if (thrown instanceof AppError || !known) throw thrown;
    throw new AppError(known[0], known[1], { cause: thrown });
  }
}
