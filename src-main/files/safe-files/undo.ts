import { lstat, realpath } from 'node:fs/promises';
import { AppError, toFailure } from '../../rpc';
import { type ChangeOptions, changeFile } from './change-file';
import { withExpected } from './copy-beside';
import { fileHashOf } from './file-hash';
import type { JournalEntry, UndoResult } from './journal-entry';
import { stampAt } from './refusals';
import { partsOf } from './restore';
import type { WriteJournal } from './write-journal';

export interface UndoParts {
  readonly journal: WriteJournal;
  readonly options: ChangeOptions;
  /** Bytes that putting back a file of a kind leaves free on the disk. */
  reserveOf(kind: string): number;
  /** Runs when the guards let it pass and nobody else writes the file. */
  change<T>(entry: JournalEntry, run: () => Promise<T>): Promise<T>;
  /** Finds out whether a write happened that stands open, unless the file is being written now. */
  settleOpen(path: string): Promise<unknown>;
  /** Told of each write that was undone; what goes wrong there does not make the undo fail. */
  undone(entry: JournalEntry): Promise<void>;
  report(thrown: unknown): void;
}

export interface Undo {
  /**
   * Puts the file back to its bytes before one write: a file that the write made goes, one that it removed is there
   * again. Throws `not_found`, `conflict`, `file_changed` and as a write.
   */
  undo(id: number): Promise<UndoResult>;
  /** Undoes every write of a job, the latest first; a file that cannot be put back is reported and passed over. */
  undoJob(jobId: number): Promise<UndoResult[]>;
  /** Undoes the latest write to a file that is not undone yet. */
  undoFile(path: string): Promise<UndoResult>;
}

/** Puts files back to their state before a write, by the same safe change. */
export function createUndo(parts: UndoParts): Undo {
  const { journal, settleOpen } = parts;

  async function undoEntry(entry: JournalEntry): Promise<UndoResult> {
    if (entry.state !== 'written') {
      throw new AppError('conflict', entry.state === 'undone' ? 'This was undone before.' : 'This was never written.');
    }
    await parts.change(entry, () => putBack(entry, parts));
    await parts.undone(entry).catch(parts.report);
    return { id: entry.id, path: entry.path, undone: true };
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

async function putBack(entry: JournalEntry, { journal, options, reserveOf }: UndoParts): Promise<void> {
  const { id, path, kind, before } = entry;
  const expected = await expectedNow(entry);
  await changeFile(
    {
      path,
      expected,
      reserveBytes: reserveOf(kind),
      content: before && {
        parts: partsOf(journal.getRestore(id)),
        sizeBytes: before.sizeBytes,
        mtimeMs: before.mtimeMs,
        async verify(_copy, hash) {
          if (hash === before.fileHash) return;
          throw new AppError('internal', 'The old file could not be made again exactly, so nothing was changed.');
        },
      },
      commit(copy) {
        journal.beginUndo(id, copy?.path ?? '');
        return () => journal.settle(id, 'written');
      },
    },
    options,
  );
  journal.settle(id, 'undone');
}

/** The file as the write left it; null where it left none. Throws `file_changed` when it is another since. */
async function expectedNow({ path, after }: JournalEntry) {
  if (!after) {
    if (await lstat(path).catch(() => undefined)) throw changedAfter();
    return null;
  }
  const expected = await stampAt(path);
  const hash = expected.sizeBytes === after.sizeBytes ? await withExpected(path, expected, fileHashOf) : '';
  if (hash !== after.fileHash) throw changedAfter();
  return expected;
}

const changedAfter = () =>
  new AppError('file_changed', 'The file was changed after this write, so it is not put back.');
