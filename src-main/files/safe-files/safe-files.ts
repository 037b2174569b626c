import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Database } from '../../platform/database';
import { AppError } from '../../rpc';
import type { ChangeOptions, Step } from './change-file';
import { writeErrorOf } from './file-errors';
import type { FileKind } from './file-kind';
import type { JournalEntry, Recovery } from './journal-entry';
import { createRecovery, type RecoveryStep } from './recovery';
import { refuseReadOnly } from './refusals';
import { createUndo, type Undo } from './undo';
import { type FileRemoval, type FileWrite, type FileWritten, removeFile, writeFile } from './write-file';
import { askGuards, type IntendedWrite, type WriteGuard } from './write-guard';
import { createWriteJournal } from './write-journal';

export interface SafeFilesParts {
  readonly db: Database;
  /** The library that holds a file; null outside all of them. Told to the guards. */
  readonly libraryIdOf?: (path: string) => number | null;
  /** Told of each file that a write or an undo may have changed, by its absolute path. */
  readonly written?: (path: string) => void;
  /** Told what went wrong after a file was put back. */
  readonly report?: (thrown: unknown) => void;
  /** Called at the beginning of each step of a change or a recovery; tests stop there. */
  readonly onStep?: (step: Step | RecoveryStep, path: string) => void | Promise<void>;
}

export interface SafeFiles extends Undo {
  /** From now on files of this kind can be written. */
  register(kind: FileKind): void;
  /** From now on this guard is asked before every change to a file. */
  addGuard(guard: WriteGuard): void;
  /**
   * Makes or replaces a file, or throws and leaves everything as it was: `file_changed`, `not_writable`, `disk_full`,
   * `not_found`, `too_large`, `busy` while the same file is written, and what a guard or `prepare` refuses with.
   */
  write(request: FileWrite): Promise<FileWritten>;
  /** Removes a file; gives the number of the write, by which it is put back. Throws as `write`. */
  remove(request: FileRemoval): Promise<number>;
  /**
   * Throws what would refuse a change of a file that is there before it begins: `not_writable`, `not_found`, or what a
   * guard refuses with.
   */
  refuseUnwritable(path: string, kind: string): Promise<void>;
  /** Says that a file has another path now, so that its writes can still be undone. */
  moved(from: string, to: string): void;
  /** The writes that the journal holds, the latest first. */
  list(of: { jobId: number } | { path: string } | { limit: number }): JournalEntry[];
  /**
   * Settles what a crash left open and removes left-over copies: at start, before anything is written, or below a
   * folder that is there again. What is under way is left to itself.
   */
  recover(below?: string): Promise<Recovery>;
}

/** The one way by which files are written: each change is noted in the journal before it is made, and can be undone. */
export function createSafeFiles(parts: SafeFilesParts): SafeFiles {
  const { db, onStep, libraryIdOf = () => null, written = () => {}, report = () => {} } = parts;
  const journal = createWriteJournal(db);
  const options: ChangeOptions = { onStep, noteFolder: journal.noteFolder, copies: new Set() };
  const kinds = new Map<string, FileKind>();
  const guards = new Set<WriteGuard>();
  const lock = createFileLock();
  const { recover, settleOpen } = createRecovery({
    journal,
    copies: options.copies,
    tryWithFileLock: lock.attempt,
    onStep,
  });

  function kindOf(kind: string): FileKind {
    const known = kinds.get(kind);
    if (!known) throw new Error(`Nobody has registered the kind of file "${kind}".`);
    return known;
  }

  async function change<T>(write: Omit<IntendedWrite, 'libraryId'>, run: () => Promise<T>): Promise<T> {
    const { path, kind, action } = write;
    const result = await lock.run(path, async () => {
      await askAll({ path, kind, action });
      await settleOpen(path);
      return writeErrorOf(run);
    });
    written(path);
    return result;
  }

  async function askAll(write: Omit<IntendedWrite, 'libraryId'>): Promise<void> {
    if (guards.size > 0) await askGuards(guards, { ...write, libraryId: libraryIdOf(write.path) });
  }

  const undo = createUndo({
    ...{ journal, options },
    reserveOf: (kind) => kinds.get(kind)?.reserveBytes ?? 0,
    change: (entry, run) => change({ path: entry.path, kind: entry.kind, action: undoActionOf(entry) }, run),
    settleOpen: (path) => lock.attempt(path, () => settleOpen(path)),
    undone: async (entry) => kinds.get(entry.kind)?.undone?.(entry),
    report,
  });

  return {
    ...undo,
    register(kind) {
      if (kinds.has(kind.kind)) throw new Error(`The kind of file "${kind.kind}" is registered twice.`);
      kinds.set(kind.kind, kind);
    },
    addGuard: (guard) => void guards.add(guard),
    write(request) {
      const { path, kind, expected } = request;
      const action = expected ? 'replace' : 'create';
      return change({ path, kind, action }, () => writeFile(request, kindOf(kind), { journal, options }));
    },
    remove(request) {
      const { path, kind } = request;
      return change({ path, kind, action: 'remove' }, () => removeFile(request, kindOf(kind), { journal, options }));
    },
    async refuseUnwritable(path, kind) {
      await askAll({ path, kind, action: 'replace' });
      await writeErrorOf(async () => {
        await refuseReadOnly(path);
        await access(dirname(path), constants.W_OK);
      });
    },
    moved: journal.move,
    list(of) {
      if ('jobId' in of) return journal.listByJob(of.jobId);
      return 'path' in of ? journal.listByPath(of.path) : journal.listLatest(of.limit);
    },
    recover,
  };
}

function undoActionOf({ before, after }: JournalEntry): IntendedWrite['action'] {
  if (before === null) return 'remove';
  return after === null ? 'create' : 'replace';
}

/** One at a time for each file; two would only find out from one another that it has changed. */
function createFileLock() {
  const busy = new Set<string>();
  /** Runs while no other has the file; undefined, and not at all, when another has. */
  async function attempt<T>(path: string, run: () => Promise<T>): Promise<T | undefined> {
    if (busy.has(path)) return undefined;
    busy.add(path);
    try {
      return await run();
    } finally {
      busy.delete(path);
    }
  }
  return {
    attempt,
    async run<T>(path: string, run: () => Promise<T>): Promise<T> {
      if (busy.has(path)) throw new AppError('busy', 'Another write to this file is under way.');
      return (await attempt(path, run))!;
    },
  };
}
