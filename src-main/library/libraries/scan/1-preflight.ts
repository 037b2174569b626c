import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { isHiddenName } from '../../../platform/paths';

/** Why a root cannot be scanned now, in a sentence; null when it can. */
export async function preflight(root: string, hadTracks: boolean): Promise<string | null> {
  try {
    if (!(await stat(root)).isDirectory()) return `${root} is not a folder any more.`;
    await access(root, constants.R_OK | constants.X_OK);
    // A drive that is not mounted leaves its mount point behind: an empty folder.
    const names = hadTracks ? await readdir(root) : ['unasked'];
    if (!names.some((name) => !isHiddenName(name))) {
      return `${root} is empty, although there was music in it. Is the drive or network share connected?`;
    }
    return null;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') return `${root} is not there. Is the drive or network share connected?`;
    if (code === 'EACCES' || code === 'EPERM') return `${root} may not be read; its permissions forbid it.`;
    return `${root} does not answer (${code ?? thrown}). Is the drive or network share connected?`;
  }
}
