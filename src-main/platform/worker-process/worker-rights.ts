import { realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { WorkerProgram } from './worker-host';

/**
 * The flags by which Node holds a worker to what it needs: it reads its program, what the program names and what it is
 * started for; it writes nothing and starts neither process nor thread. A Node that can refuse the network refuses it too,
 * as nothing here allows it.
 */
export function rightsOf({ entry, reads = [], addons, children }: WorkerProgram, more: readonly string[]): string[] {
  const readable = [dirname(entry), ...reads, ...more].flatMap(withRealPath);
  return [
    '--permission',
    ...[...new Set(readable)].map((path) => `--allow-fs-read=${path}`),
    ...(addons ? ['--allow-addons'] : []),
    ...(children ? ['--allow-child-process'] : []),
    // Each right that is given is warned of at every start.
    '--disable-warning=SecurityWarning',
  ];
}

/** Modules are loaded from where links lead to. A folder that is made later is none yet, so its content is named too. */
function withRealPath(path: string): string[] {
  const real = realPathOf(path);
  const both = real === undefined || real === path ? [path] : [path, real];
  return real === undefined ? [path, join(path, '*')] : both;
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** What finds libraries, tells the language and the time zone; on Windows nothing starts without the first ones. */
const KEPT = /^(SystemRoot|windir|TEMP|TMP|LANG|LC_\w+|TZ|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH)$/i;

/** The environment of a worker: no secret, no folder of a person, nothing that changes how Node starts. */
export function workerEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => KEPT.test(entry[0]) && entry[1] !== undefined),
  );
}

/** Whether a path is that folder or file, or lies in it; both are absolute and normal. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
