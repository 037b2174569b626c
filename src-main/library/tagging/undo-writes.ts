import type { SafeFiles, UndoResult } from '../../files/safe-files';
import { AppError } from '../../rpc';
import type { UndoSummary } from './contract';

export interface UndoWritesDeps {
  readonly files: Pick<SafeFiles, 'undoJob' | 'undoFile'>;
  /** The jobs that were asked for at once. */
  readonly jobsOfBatch: (batchId: number) => readonly number[];
}

/** Puts files back, and sums up which could not be. */
export function createUndoWrites({ files, jobsOfBatch }: UndoWritesDeps) {
  return {
    ofJob: async (jobId: number): Promise<UndoSummary> => summaryOf(await files.undoJob(jobId)),
    /** The latest job first. */
    async ofBatch(batchId: number): Promise<UndoSummary> {
      const results: UndoResult[] = [];
      for (const jobId of [...jobsOfBatch(batchId)].reverse()) results.push(...(await files.undoJob(jobId)));
      return summaryOf(results);
    },
    /** The latest write to a file. Throws `not_found` when there is none. */
    async ofFile(path: string): Promise<UndoSummary> {
      try {
        return summaryOf([await files.undoFile(path)]);
      } catch (thrown) {
        if (!(thrown instanceof AppError) || thrown.code === 'not_found') throw thrown;
        return { undone: 0, refused: [{ path, code: thrown.code, message: thrown.message }] };
      }
    },
  };
}
export type UndoWrites = ReturnType<typeof createUndoWrites>;

function summaryOf(results: readonly UndoResult[]): UndoSummary {
  const refused = results.flatMap(({ path, undone, reason }) =>
    undone || !reason ? [] : [{ path, code: reason.code, message: reason.message }],
  );
  return { undone: results.filter(({ undone }) => undone).length, refused };
}
