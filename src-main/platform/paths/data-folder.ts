import { userInfo } from 'node:os';
import { AppError } from '../../rpc';

const FORBIDDEN = 'may not be written to';
/** What the system or SQLite says, as the end of a sentence that begins with the folder. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: 'is on a read-only disk',
  ENOTDIR: 'is no folder, or lies below a file',
  EEXIST: 'is a file',
  SQLITE_CANTOPEN: FORBIDDEN,
  SQLITE_PERM: FORBIDDEN,
  SQLITE_READONLY: FORBIDDEN,
  SQLITE_READONLY_DIRECTORY: FORBIDDEN,
  SQLITE_READONLY_DBMOVED: FORBIDDEN,
};

/** What was thrown while the data folder was opened; a sentence for a person, where the folder cannot be used. */
export function dataFolderFailure(folder: string, thrown: unknown): unknown {
  const { code = '' } = (thrown ?? {}) as { code?: string };
  if (thrown instanceof AppError || !Object.hasOwn(REASONS, code)) return thrown;
  return new AppError(
    'not_writable',
    `The data folder ${folder} ${REASONS[code]}. It and all in it have to belong to ${ourName()}, as whom Tonearm runs; ` +
      'TONEARM_DATA or --data names another folder.',
    { cause: thrown },
  );
}

/** A container may run under a number that has no name. */
function ourName(): string {
  const id = process.getuid?.();
  try {
    const { username } = userInfo();
    return id === undefined ? `the user ${username}` : `the user ${username} (${id})`;
  } catch {
    return `the user ${id}`;
  }
}
