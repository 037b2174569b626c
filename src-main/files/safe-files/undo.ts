import { realpath } from 'node:fs/promises';
import { AppError, toFailure } from '../../rpc';
import { fileHashOf } from './file-hash';
import type { JournalEntry, UndoResult } from './journal-entry';
import { partsOf } from './restore';
import { type ReplaceOptions, replaceFile, stampAt } from './safe-replace';
import { withSource } from './source';
import type { WriteJournal } from './write-journal';

export interface UndoParts {
  readonly journal: WriteJournal;
  readonly options: ReplaceOptions;
  withFileLock<T>(path: string, run: () => Promise<T>): Promise<T>;
  /** Finds out whether a write happened that stands open, unless the file is being written now. */
  settleOpen(path: string): Promise<unknown>;
}

export interface Undo {
  /**
   * Puts the file back to its bytes before one write. Throws `not_found`, `conflict`, `file_changed` and as a write.
   */
  undo(id: number): Promise<UndoResult>;
  /** Undoes every write of a job, the latest first; a file that cannot be put back is reported and passed over. */
  undoJob(jobId: number): Promise<UndoResult[]>;
  /** Undoes the latest write to a file that is not undone yet. */
  undoFile(path: string): Promise<UndoResult>;
}

/** Puts files back to their bytes before a write, by the same safe replacement. */
export function createUndo(parts: UndoParts): Undo {
  const { journal, options, withFileLock, settleOpen } = parts;

  async function undoEntry(entry: JournalEntry): Promise<UndoResult> {
    if (entry.state !== 'written') {
      throw new AppError('conflict', entry.state === 'undone' ? 'This was undone before.' : 'This was never written.');
    }
    await withFileLock(entry.path, () => putBack(entry));
    return { id: entry.id, path: entry.path, undone: true };
  }

  async function putBack(entry: JournalEntry): Promise<void> {
    const expected = await stampAt(entry.path);
    const hash = expected.sizeBytes === entry.newSize ? await withSource(entry.path, fileHashOf) : '';
    if (hash !== entry.newFileHash) {
      throw new AppError('file_changed', 'The file was changed after this write, so it is not put back.');
    }
    await replaceFile(
      {
        path: entry.path,
        expected,
        parts: partsOf(journal.getRestore(entry.id)),
        size: entry.oldSize,
        mtimeMs: entry.oldMtimeMs,
        async verify(copy) {
          if (copy.hash === entry.oldFileHash) return;
          throw new AppError('internal', 'The old file could not be made again exactly, so nothing was changed.');
        },
        commit(copy) {
          journal.beginUndo(entry.id, copy.path);
          return () => journal.settle(entry.id, 'written');
        },
      },
      options,
    );
    journal.settle(entry.id, 'undone');
  }

  return {
    async undo(id) {
      await settleOpen(journal.find(id)?.path ?? '');
      const entry = journal.find(id);
      if (!entry) throw new AppError('not_found', `There is no write ${id}.`);
      return undoEntry(entry);
    },
    async undoJob(jobId) {
      for (const { path } of journal.listByJob(jobId)) await settleOpen(path);
      const results: UndoResult[] = [];
      for (const entry of journal.listByJob(jobId).filter(({ state }) => state === 'written')) {
        try {
          results.push(await undoEntry(entry));
        } catch (thrown) {
          const { code, message } = toFailure(thrown);
          results.push({ id: entry.id, path: entry.path, undone: false, reason: { code, message } });
        }
      }
      return results;
    },
    async undoFile(path) {
      const real = await realpath(path).catch(() => path);
      await settleOpen(real);
      const entry = journal.listByPath(real).find(({ state }) => state === 'written');
      if (!entry) throw new AppError('not_found', 'Tonearm wrote nothing into this file that could be undone.');
      return undoEntry(entry);
    },
  };
}
