import { realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { isWithin } from './worker-rights';

/** What one worker may read, for as long as it lives: Node fixes it at the start of a process. */
export interface ReadGrant {
  readonly paths: readonly string[];
  covers(path: string): boolean;
}

export interface ReadAccess {
  /** For a worker that is about to read these files. */
  grantFor(files: readonly string[]): ReadGrant;
  /** Where the files lie that are read as a rule, so that few workers have to be replaced for another. */
  setFolders(folders: () => readonly string[]): void;
}

/** More than are read at once, so that what was granted for those that wait is not forgotten before they are read. */
const REMEMBERED = 64;

/**
 * Decides what workers may read: the folders of the libraries, and for a file elsewhere the folder that it lies in.
 *
 * @param keptOut folders that are never given as part of a larger one: with the library above them, only the branch that
 *   leads to the file is
 */
export function createReadAccess(keptOut: readonly string[] = []): ReadAccess {
  const hidden = [...new Set(keptOut.flatMap((path) => [resolve(path), realPathOf(path)]))];
  const holdsHidden = (folder: string) => hidden.some((path) => isWithin(path, folder));
  let folders: () => readonly string[] = () => [];
  let others: string[] = [];

  /** The widest part of its library, or of its own folder, that holds nothing hidden. */
  function branchOf(file: string): string {
    const top = folders().find((folder) => isWithin(file, resolve(folder))) ?? dirname(file);
    let branch = resolve(top);
    for (const step of relative(branch, file).split(sep)) {
      if (!holdsHidden(branch) && !holdsHidden(realPathOf(branch))) return branch;
      branch = resolve(branch, step);
    }
    return file;
  }

  return {
    setFolders(next) {
      folders = next;
    },
    grantFor(files) {
      const branches = files.map((file) => branchOf(resolve(file)));
      others = [...new Set([...branches, ...others])].slice(0, REMEMBERED);
      const whole = folders()
        .map((folder) => resolve(folder))
        .filter((folder) => !holdsHidden(folder) && !holdsHidden(realPathOf(folder)));
      const paths = [...new Set([...whole, ...others])];
      return { paths, covers: (path) => paths.some((folder) => isWithin(resolve(path), folder)) };
    },
  };
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
