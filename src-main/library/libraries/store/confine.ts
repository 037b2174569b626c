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
  const whole = await findReal(path);
  if (whole !== undefined) return whole;
  const parents = parentsOf(path);
  // What lies above something that exists does so too: of two thousand folders eleven are asked for.
  let [gone, there] = [-1, parents.length];
  let real: string | undefined;
  while (there - gone > 1) {
    const middle = Math.floor((gone + there) / 2);
    const found = await findReal(parents[middle]);
    if (found === undefined) gone = middle;
    else [there, real] = [middle, found];
  }
  if (real === undefined) throw outside('No file can have this path (ENOENT).');
  return join(real, path.slice(parents[there].length));
}

/** Undefined for what does not exist. */
async function findReal(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw outside(`No file can have this path (${code ?? 'unknown'}).`);
  }
}

/** The folders above a path, the nearest first. */
function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let above = dirname(path); above !== (parents.at(-1) ?? path); above = dirname(above)) parents.push(above);
  return parents;
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
