import { realpath, stat } from 'node:fs/promises';
import {
  createRecovery,
  createUndo,
  createWriteJournal,
  type RecoveryStep,
  type ReplaceOptions,
  type Step,
  withSource,
} from '../../../files/safe-files';
import type { WantedTags } from '../../../files/tag-formats';
import { editFor, isNamedFor, openTags, readErrorOf, writeErrorOf } from '../../../files/tag-formats';
import type { Database } from '../../../platform/database';
import { stampOf } from '../../../platform/file-stamp';
import { AppError } from '../../../rpc';
import type { TagPlan, TagWriter, WriteOptions } from './tag-plan';
import { writeFile } from './write-file';

export interface TagWriterParts {
  readonly db: Database;
  /** Bytes that a write leaves free on the disk. Default 100 MB. */
  readonly reserveBytes?: number;
  /** Told of each file that a write or an undo may have changed, by its absolute path. */
  readonly written?: (path: string) => void;
  /** Called at the beginning of each step of a replacement or a recovery; tests stop there. */
  readonly onStep?: (step: Step | RecoveryStep, path: string) => void | Promise<void>;
}

const RESERVE = 100 * 1024 * 1024;

/** Plans, writes and undoes the tags of files, each write noted in the journal before the file is replaced. */
export function createTagWriter({ db, reserveBytes = RESERVE, onStep, written = () => {} }: TagWriterParts): TagWriter {
  const journal = createWriteJournal(db);
  const options: ReplaceOptions = { reserveBytes, onStep, noteFolder: journal.noteFolder, copies: new Set() };
  const busy = new Set<string>();
  async function tryWithFileLock<T>(path: string, run: () => Promise<T>): Promise<T | undefined> {
    if (busy.has(path)) return undefined;
    busy.add(path);
    try {
      return await run();
    } finally {
      busy.delete(path);
    }
  }
  const { recover, settleOpen } = createRecovery({ journal, copies: options.copies, tryWithFileLock, onStep });
  /** One at a time for each file; two would only find out from one another that it has changed. */
  async function withFileLock<T>(path: string, run: () => Promise<T>): Promise<T> {
    if (busy.has(path)) throw new AppError('busy', 'Another write to this file is under way.');
    const result = await tryWithFileLock(path, async () => {
      await settleOpen(path);
      return writeErrorOf(run);
    });
    written(path);
    return result!;
  }
  const undo = createUndo({
    ...{ journal, options, withFileLock },
    settleOpen: (path) => tryWithFileLock(path, () => settleOpen(path)),
  });
  return {
    plan: planTags,
    async write(plan: TagPlan, how: WriteOptions = {}) {
      if (plan.changes.length === 0) return null;
      return withFileLock(plan.path, () => writeFile(plan, how, { journal, options }));
    },
    ...undo,
    moved: journal.move,
    list(of) {
      if ('jobId' in of) return journal.listByJob(of.jobId);
      return 'path' in of ? journal.listByPath(of.path) : journal.listLatest(of.limit);
    },
    recover,
  };
}

/** Reads the file and tells what would have to change for it to carry what is wanted. */
export function planTags(path: string, wanted: WantedTags): Promise<TagPlan> {
  return readErrorOf(async () => {
    const real = await realpath(path);
    const stats = await stat(real);
    const { container, changes } = await withSource(real, async (source) => {
      const file = await openTags(source);
      return { container: file.container, changes: editFor(file, wanted).changes };
    });
    if (!isNamedFor(container, real)) {
      throw new AppError('unsupported_file', `The name of the file does not fit its content, which is ${container}.`);
    }
    return { path: real, container, stamp: stampOf(stats), links: stats.nlink, wanted, changes };
  });
}
