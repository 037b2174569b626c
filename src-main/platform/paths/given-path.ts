import { resolve } from 'node:path';
import { AppError } from '../../rpc';

/**
 * The absolute path of one that a person or a script gave. An empty one is what an unset variable leaves behind, and
 * never means the current folder. Throws `invalid_input` then.
 */
export function givenPath(path: string): string {
  if (path === '') throw new AppError('invalid_input', 'A path is empty. Nothing was done.');
  return resolve(path);
}
