import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { insideOf } from '../../../platform/paths';
import { AppError } from '../../../rpc';

const CONTROL = /[\0-\x1f\x7f]/;
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;
/** What the systems take; a path of a hundred thousand folders would be asked for folder by folder. */
const LONGEST_PATH = process.platform === 'win32' ? 32_767 : 4096;

/**
 * The path of `candidate` relative to `root`, forward slashes, empty for the root itself; links are followed first, so
 * that none leads outside. Neither has to exist any more. Throws `outside_library`.
 */
export async function confine(root: string, candidate: string): Promise<string> {
  refuseTricks(root, candidate);
  const inside = insideOf(await realPathOf(root), await realPathOf(resolve(root, candidate)));
  if (inside === null) throw outside(`"${candidate}" is not inside the library folder.`);
  return inside;
}

/** Throws `outside_library` for what is no name of a file below `root`, wherever it may lead. */
export function refuseTricks(root: string, candidate: string): void {
  if (CONTROL.test(candidate)) throw outside('A path holds no control characters.');
  if (process.platform === 'win32') refuseWindowsTricks(root, candidate);
}

/**
 * The real path of the deepest part that exists, with the rest as it was given. Throws `outside_library` for what can
 * be the path of nothing: a name that is too long, a link that leads to itself, a folder that may not be entered.
 */
export async function realPathOf(path: string): Promise<string> {
  if (path.length > LONGEST_PATH) throw outside('No file can have a path as long as this.');
  try {
    return await realpath(path);
  } catch (thrown) {
    const parent = dirname(path);
    const { code } = thrown as NodeJS.ErrnoException;
    const isGone = code === 'ENOENT' || code === 'ENOTDIR';
    if (!isGone || parent === path) throw outside(`No file can have this path (${code ?? 'unknown'}).`);
    return join(await realPathOf(parent), path.slice(parent.length));
  }
}

function refuseWindowsTricks(root: string, candidate: string): void {
  if (/^[\\/]{2}[?.][\\/]/.test(candidate)) throw outside('Device paths are not libraries.');
  if (/^[\\/]{2}/.test(candidate) && !/^[\\/]{2}/.test(root)) throw outside(`"${candidate}" is on a network share.`);
  const parts = candidate.replace(/^[a-z]:/i, '').split(/[\\/]/);
  const isTricky = (part: string) => part.includes(':') || (/[. ]$/.test(part) && !/^\.{1,2}$/.test(part));
  if (parts.some((part) => isTricky(part) || WINDOWS_DEVICE.test(part))) {
    throw outside(`"${candidate}" is no name that Windows keeps files under.`);
  }
}

function outside(message: string): AppError {
  return new AppError('outside_library', message);
}
