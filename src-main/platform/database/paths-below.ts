import { sep } from 'node:path';

/** Every path below a folder, and nothing else, lies between these two in the order in which SQLite compares texts. */
export function pathsBelow(folder: string): { from: string; to: string } {
  const stem = folder.endsWith(sep) ? folder.slice(0, -1) : folder;
  return { from: stem + sep, to: stem + String.fromCharCode(sep.charCodeAt(0) + 1) };
}
