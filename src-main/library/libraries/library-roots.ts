import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { insideOf } from '../../platform/paths';
import { AppError, fieldFailure } from '../../rpc';
import type { Library } from './contract';
import { realPathOf, refuseTricks } from './store';

/** A place inside a library. */
export interface LibraryPlace {
  readonly library: Library;
  /** Relative to the library's root, forward slashes; empty for the root. */
  readonly path: string;
  /** Absolute, all links followed as far as it exists. */
  readonly real: string;
}

/**
 * The real path of a folder that can become a library's root. Throws `invalid_input` when the folder cannot be used,
 * `conflict` when it overlaps another library.
 */
export async function checkRoot(path: string, libraries: readonly Library[]): Promise<string> {
  const root = await usableFolder(path);
  refuseOverlap(root, libraries);
  return root;
}

/** The library that holds an absolute path, by real path: a link that leads out of it is not in it. */
export async function libraryOf(path: string, libraries: readonly Library[]): Promise<LibraryPlace | undefined> {
  const real = await realPathOf(resolve(path));
  for (const library of libraries) {
    const inside = insideOf(library.root_path, real);
    if (inside === null) continue;
    refuseTricks(library.root_path, path);
    return { library, path: inside, real };
  }
  return undefined;
}

const refused = (message: string, why?: Parameters<typeof fieldFailure>[2]) => fieldFailure('root_path', message, why);

async function usableFolder(path: string): Promise<string> {
  try {
    const root = await realpath(resolve(path.replace(/^~(?=$|[/\\])/, homedir())));
    if (!(await stat(root)).isDirectory()) throw refused(`${path} is a file, not a folder.`);
    await access(root, constants.R_OK | constants.X_OK);
    return root;
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const { code } = thrown as NodeJS.ErrnoException;
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    const why = code === 'ENOENT' ? 'is not there' : isForbidden ? 'may not be read' : `cannot be read (${code})`;
    throw refused(`The folder ${path} ${why}.`, { cause: thrown });
  }
}

function refuseOverlap(root: string, libraries: readonly Library[]): void {
  for (const { name, root_path } of libraries) {
    if (insideOf(root_path, root) !== null) {
      throw refused(`${root} is already part of the library "${name}".`, { code: 'conflict' });
    }
    if (insideOf(root, root_path) !== null) {
      throw refused(`${root} contains the library "${name}" (${root_path}).`, { code: 'conflict' });
    }
  }
}
