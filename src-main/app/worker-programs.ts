import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { INFER, INFER_BY_FFMPEG, INFERENCE_FLAGS } from '../analysis/inference';
import { READER_FLAGS, READER_KIND } from '../files/contained-readers';
import type { AppPaths } from '../platform/paths';
import type { WorkerPrograms } from '../platform/worker-process';

type Paths = Pick<AppPaths, 'workerEntry' | 'fileReaderEntry' | 'models' | 'extraModels'>;

/**
 * The kinds of worker processes there are, what each runs, and what it may do: read its code and the models. What it
 * reads of the libraries is granted as it starts.
 */
export function workerPrograms(paths: Paths): WorkerPrograms {
  const infer = {
    ...{ entry: paths.workerEntry, flags: INFERENCE_FLAGS, addons: true },
    reads: [...codeOf(paths.workerEntry), paths.models, ...paths.extraModels],
  };
  return {
    [INFER]: infer,
    [INFER_BY_FFMPEG]: { ...infer, children: true },
    [READER_KIND]: {
      ...{ entry: paths.fileReaderEntry, flags: READER_FLAGS },
      reads: codeOf(paths.fileReaderEntry),
    },
  };
}

/** What a script of the build loads: the build's other files, and packages from the next folder of these. */
function codeOf(entry: string): string[] {
  const built = dirname(dirname(entry));
  for (let folder = built; folder !== dirname(folder); folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    if (existsSync(packages)) return [built, packages, join(folder, 'package.json')];
  }
  return [built];
}
