import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
let isPossible = process.platform === 'linux';

/**
 * Gives a file the extended attributes and access lists of another, as far as the system lets us. Node has no calls
 * for them, GNU's `cp` has; where there is none the file keeps its mode and owner only.
 */
export async function copyExtendedAttributes(from: string, to: string): Promise<void> {
  if (!isPossible) return;
  try {
    await run('cp', ['--attributes-only', '--preserve=all', '--', from, to], { timeout: 10_000 });
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === 'ENOENT') isPossible = false;
  }
}
