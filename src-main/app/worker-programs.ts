import { INFERENCE_FLAGS } from '../analysis/inference';
import { READER_FLAGS, READER_KIND } from '../files/contained-readers';
import type { AppPaths } from '../platform/paths';
import type { WorkerPrograms } from '../platform/worker-process';

/** The kinds of worker processes there are, and what each runs. */
export const workerPrograms = (paths: Pick<AppPaths, 'workerEntry' | 'fileReaderEntry'>): WorkerPrograms => ({
  infer: { entry: paths.workerEntry, flags: INFERENCE_FLAGS },
  [READER_KIND]: { entry: paths.fileReaderEntry, flags: READER_FLAGS },
});
