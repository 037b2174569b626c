/**
 * The entry without Electron: `nom`, the command line, of which `nom serve` is the application without a window.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const NODE_API_FLOOR = 10;
const MACHINE_UNSUITED = 78;

// Before anything that loads a native module: an old Node would end with a message that names no cause.
if (Number(process.versions.napi) >= NODE_API_FLOOR) {
  // Beside the build, where nobody else can write who could not change the build; where we cannot either there is none.
  enableCompileCache(join(import.meta.dirname, '.compile-cache'));
  const { runCli } = await import('./transport/cli');
  process.exitCode = await runCli(process.argv.slice(2));
} else {
  console.error(`This Node (${process.versions.node}) is too old for Tonearm. Install Node 22.14 or newer.`);
  process.exitCode = MACHINE_UNSUITED;
}
