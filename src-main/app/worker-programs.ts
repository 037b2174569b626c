import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { INFERENCE_FLAGS } from '../analysis/inference';
import { READER_FLAGS, READER_KIND } from '../files/contained-readers';
import type { AppPaths } from '../platform/paths';
import type { WorkerPrograms } from '../platform/worker-process';

type Paths = Pick<AppPaths, 'workerEntry' | 'fileReaderEntry' | 'models' | 'extraModels'>;

/**
 * The kinds of worker processes there are, what each runs, and what it may do: read its code and the models. What it
 * reads of the libraries is granted as it starts.
 */
export const workerPrograms = (paths: Paths): WorkerPrograms => ({
  infer: {
    ...{ entry: paths.workerEntry, flags: INFERENCE_FLAGS, addons: true },
    reads: [...codeOf(paths.workerEntry), paths.models, ...paths.extraModels],
  },
  [READER_KIND]: {
    ...{ entry: paths.fileReaderEntry, flags: READER_FLAGS },
    reads: codeOf(paths.fileReaderEntry),
  },
});

/** What a script of the build loads: the build's other files, and packages from the next folder of these. */
function codeOf(entry: string): string[] {
  const built = dirname(dirname(entry));
  for (let folder = built; folder !== dirname(folder); folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    if (existsSync(packages)) return [built, packages, join(folder, 'package.json')];
  }
  return [built];
}
