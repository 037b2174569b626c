import { matchesGlob } from 'node:path';

/** Folders in which systems keep what people did not put there. */
const SYSTEM_FOLDERS = new Set(['@eadir', '#recycle', '$recycle.bin', 'system volume information', 'lost+found']);

export type IsIgnored = (path: string, name: string) => boolean;

/**
 * Whether a scan passes over a file or folder: hidden names, system folders, and what a library's comma-separated globs
 * match. A pattern without a slash is for a name anywhere, one with a slash for the path from the library's root.
 */
export function ignoring(patterns: string): IsIgnored {
  const globs = patterns
    .split(',')
    .map((pattern) => pattern.trim().replace(/^\/|\/$/g, ''))
    .filter(Boolean);
  return (path, name) =>
    name.startsWith('.') ||
    SYSTEM_FOLDERS.has(name.toLowerCase()) ||
    globs.some((glob) => matchesGlob(glob.includes('/') ? path : name, glob));
}
