import { stat } from 'node:fs/promises';
import { dirname, matchesGlob } from 'node:path';
import { isHiddenName } from '../../../platform/paths';

/** Folders in which systems keep what people did not put there, wherever they stand. */
const SYSTEM_FOLDERS = new Set(['@eadir', '#recycle', '$recycle.bin', 'system volume information']);
/** The same at the root of a drive alone; elsewhere it is the name of an album. */
const LOST = 'lost+found';

/** Why a scan passes over something. */
export type PassedOver = 'hidden' | 'system' | 'pattern' | 'linked';

export type WhyIgnored = (path: string, name: string) => PassedOver | undefined;

/**
 * Why a scan passes over a file or folder: hidden names, system folders, and what a library's comma-separated globs
 * match. A pattern without a slash is for a name anywhere, one with a slash for the path from the library's root.
 */
export function ignoring(patterns: string): WhyIgnored {
  const globs = patterns
    .split(',')
    .map((pattern) => pattern.trim().replace(/^\/|\/$/g, ''))
    .filter(Boolean);
  return (path, name) => {
    if (name.startsWith('._') || SYSTEM_FOLDERS.has(name.toLowerCase())) return 'system';
    if (isHiddenName(name)) return 'hidden';
    return globs.some((glob) => matchesGlob(glob.includes('/') ? path : name, glob)) ? 'pattern' : undefined;
  };
}

/** Whether a folder of that name is where a file system puts what it found again: at the root of its drive. */
export async function isLostAndFound(name: string, path: string): Promise<boolean> {
  if (name.toLowerCase() !== LOST) return false;
  const parent = dirname(path);
  try {
    const [above, higher] = await Promise.all([stat(parent), stat(dirname(parent))]);
    return above.dev !== higher.dev || above.ino === higher.ino;
  } catch {
    return false;
  }
}
