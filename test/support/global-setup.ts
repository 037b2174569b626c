import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Tests start real processes, which run what was built; so what is stale is built first, once. */
export default function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../build/launch.mjs'), 'build-if-stale'], {
    stdio: 'inherit',
  });
}
