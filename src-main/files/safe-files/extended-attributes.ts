import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';

let isPossible = process.platform === 'linux';

/**
 * Gives a file the extended attributes and access lists of another, as far as the system lets us. Node has no calls
 * for them, GNU's `cp` has; where there is none the file keeps its mode and owner only.
 *
 * `cp` gets the open file, not its name: should we die meanwhile, it would make a new file of that name after the
 * left-over has been removed.
 */
export async function copyExtendedAttributes(from: string, to: string): Promise<void> {
  if (!isPossible) return;
  const target = await open(to, 'r+');
  try {
    const cp = spawn('cp', ['--attributes-only', '--preserve=all', '--', from, '/dev/fd/3'], {
      stdio: ['ignore', 'ignore', 'ignore', target.fd],
      timeout: 10_000,
    });
    await once(cp, 'exit');
  } catch {
    isPossible = false; // there is no such program
  } finally {
    await target.close();
  }
}
