import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';

let isPossible = process.platform === 'linux';

/**
 * Gives an open file the extended attributes and access lists of another, as far as the system lets us. Node has no
 * calls for them, GNU's `cp` has; where there is none the file keeps its mode and owner only.
 *
 * `cp` gets both as open files, not their names: a name may lead elsewhere by now, and should we die meanwhile, `cp`
 * would make a new file of that name after the left-over has been removed.
 */
export async function copyExtendedAttributes(from: FileHandle, to: FileHandle): Promise<void> {
  if (!isPossible) return;
  try {
    const cp = spawn('cp', ['--attributes-only', '--preserve=all', '--', '/dev/fd/4', '/dev/fd/3'], {
      stdio: ['ignore', 'ignore', 'ignore', to.fd, from.fd],
      timeout: 10_000,
    });
    await once(cp, 'exit');
  } catch {
    isPossible = false; // there is no such program
  }
}
