import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** Bundles a TypeScript file into a script that Node runs by itself, in a process that can be killed and watched. */
export async function builtScript(entry: string): Promise<{ path: string; remove(): void }> {
  // Beside our own modules, so that the process finds the packages they need.
  const outDir = mkdtempSync(join(ROOT, 'node_modules/.tonearm-test-'));
  await build({ configFile: false, logLevel: 'error', root: ROOT, build: { ssr: entry, outDir, emptyOutDir: true } });
  const path = join(outDir, basename(entry).replace(/\.ts$/, '.js'));
  return { path, remove: () => rmSync(outDir, { recursive: true, force: true }) };
}
