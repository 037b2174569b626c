import { closeSync, constants, existsSync, fchmodSync, fstatSync, lstatSync, openSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The rights of all but the owner. */
const OF_OTHERS = 0o077;
const OF_STRANGERS_TO_WRITE = 0o002;
/** What lies in a data folder; models are no secret, and may be links to where others have them too. */
const OURS = /^(tonearm\.db|lock\.db|instance\.json|schedule\.json|secret\.key|audit\.log|open\.html)/;
const OUR_FOLDERS = ['logs', 'backups', 'window'];
const OPEN_TO_ALL = ['models'];
/** A pipe that somebody put there must not hold us up, and a link must not lead us elsewhere. */
const AS_IT_IS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const canClose = process.platform !== 'win32';

/** Makes an empty file that its owner alone may read, unless one is there; what fills it keeps those rights. */
export function makePrivateFile(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
}

/**
 * Takes from others the rights to what we keep in a data folder, as far as we may, and to the folder itself where nothing
 * else lies in it. Gives what a person should know as a sentence: that files were readable until now, or still are.
 * Before anything in the folder is opened by this process, whose locks on a file would go with our descriptor of it.
 */
export function closeDataFolder(folder: string): string | undefined {
  if (!canClose) return undefined;
  const names = readdirSync(folder);
  const ours = names.filter((name) => OURS.test(name)).map((name) => join(folder, name));
  const folders = names.filter((name) => OUR_FOLDERS.includes(name)).map((name) => join(folder, name));
  const files = [...ours, ...folders.flatMap(filesIn)].filter((path) => isOpen(path));
  const left = [...files, ...folders.filter((path) => isOpen(path))].filter((path) => !close(path));
  const isOursAlone = names.every((name) => OURS.test(name) || [...OUR_FOLDERS, ...OPEN_TO_ALL].includes(name));
  if (isOursAlone && isOpen(folder)) close(folder);
  return sentenceOf(folder, files, left);
}

function sentenceOf(folder: string, found: readonly string[], left: readonly string[]): string | undefined {
  const named = (paths: readonly string[]) =>
    paths.length > 3 ? `${paths.length} files` : paths.map((path) => basename(path)).join(', ');
  const said: string[] = [];
  const closed = found.filter((path) => !left.includes(path));
  if (closed.length > 0)
    said.push(
      `Other users of this machine could read ${named(closed)} in the data folder ${folder}, with what passwords and keys are checked against; they cannot any more. If somebody may have, change the password and make new keys.`,
    );
  if (left.length > 0)
    said.push(
      `Other users of this machine can read ${named(left)} in the data folder ${folder}, which belongs to another user than the one that Tonearm runs as: give it to that user, or take the rights of others away.`,
    );
  if (isOpen(folder, OF_STRANGERS_TO_WRITE))
    said.push(`Everyone on this machine may write in the data folder ${folder}: take that right away (chmod o-w).`);
  return said.length > 0 ? said.join(' ') : undefined;
}

function isOpen(path: string, rights = OF_OTHERS): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isSymbolicLink() && (stats.mode & rights) !== 0;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((each) =>
      each.isFile() ? join(folder, each.name) : [],
    );
  } catch {
    return [];
  }
}

/** Whether others have no rights to it now. A file that has a second name may be somebody else's, and stays. */
function close(path: string): boolean {
  try {
    const handle = openSync(path, AS_IT_IS);
    try {
      const stats = fstatSync(handle);
      if (!stats.isDirectory() && stats.nlink > 1) return false;
      fchmodSync(handle, stats.mode & 0o7777 & ~OF_OTHERS);
      return true;
    } finally {
      closeSync(handle);
    }
  } catch {
    return false;
  }
}
