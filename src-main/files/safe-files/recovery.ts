import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { insideOf } from '../../platform/paths';
import { TEMP_NAME } from './change-file';
import { fileHashOf } from './file-hash';
import type { FileVersion, JournalEntry, Recovery } from './journal-entry';
import { stampAt } from './refusals';
import { withSource } from './source';
import type { WriteJournal } from './write-journal';

/** The steps of a recovery, each for every write and folder that it concerns. A test can stop at each. */
export const RECOVERY_STEPS = ['settle-open', 'remove-copy', 'forget-folder'] as const;
export type RecoveryStep = (typeof RECOVERY_STEPS)[number];

export interface RecoveryParts {
  readonly journal: WriteJournal;
  /** The copies that are being made now, which nobody has left over. */
  readonly copies: ReadonlySet<string>;
  /** Runs while no other writes the file; undefined, and not at all, when another does. */
  readonly tryWithFileLock: <T>(path: string, run: () => Promise<T>) => Promise<T | undefined>;
  readonly onStep?: (step: RecoveryStep, path: string) => void | Promise<void>;
}

/** Makes the journal and the disk agree after whatever ended writes in the middle. */
export function createRecovery({ journal, copies, tryWithFileLock, onStep }: RecoveryParts) {
  /** Finds out which writes to a file happened that stand open; leaves them so while that cannot be told. */
  async function settleOpen(path: string): Promise<Omit<Recovery, 'removed'>> {
    const counts = { written: 0, abandoned: 0 };
    for (const entry of journal.listOpen(path)) {
      const isReplaced = await holds(entry);
      // A drive that is not there now may hold either; its empty mount point may be there all the same.
      if (isReplaced === undefined) continue;
      await onStep?.('settle-open', path);
      if (entry.state === 'undoing') journal.settle(entry.id, isReplaced ? 'undone' : 'written');
      else journal.settle(entry.id, isReplaced ? 'written' : 'abandoned');
      counts[isReplaced ? 'written' : 'abandoned']++;
    }
    return counts;
  }

  /** How many copies were left in the folder; undefined when that cannot be told now. */
  async function removeLeftOvers(folder: string): Promise<number | undefined> {
    const names = await readdir(folder).catch(() => []);
    // A folder in which a copy was made held a file too: an empty one is the mount point of a drive that is gone.
    if (names.length === 0) return undefined;
    const left = names.filter((name) => TEMP_NAME.test(name) && !copies.has(join(folder, name)));
    for (const name of left) {
      await onStep?.('remove-copy', join(folder, name));
      if (!(await isRemoved(join(folder, name)))) return undefined;
    }
    return left.length;
  }

  return {
    settleOpen,
    /** Everything at start, before anything is written; or what lies below a folder that was out of reach till now. */
    async recover(below?: string): Promise<Recovery> {
      const counts = { written: 0, abandoned: 0, removed: 0 };
      const concerns = (path: string) => below === undefined || insideOf(below, path) !== null;
      for (const path of journal.listOpenPaths().filter(concerns)) {
        const settled = await tryWithFileLock(path, () => settleOpen(path));
        counts.written += settled?.written ?? 0;
        counts.abandoned += settled?.abandoned ?? 0;
      }
      for (const folder of journal.listFolders().filter(concerns)) {
        const removed = await removeLeftOvers(folder);
        if (removed === undefined) continue;
        counts.removed += removed;
        await onStep?.('forget-folder', folder);
        if (![...copies].some((copy) => dirname(copy) === folder)) journal.forgetFolder(folder);
      }
      return counts;
    },
  };
}

/** Whether the file has become what the open step was about to make of it; undefined when that cannot be told now. */
async function holds({ path, state, before, after }: JournalEntry): Promise<boolean | undefined> {
  const [from, to] = state === 'undoing' ? [after, before] : [before, after];
  const isNew = to && (await isVersion(path, to));
  if (typeof isNew === 'boolean') return isNew;
  // A file that was replaced is always there, one or the other, when its drive is.
  if (from && to) return undefined;
  if (!(await isReachable(dirname(path)))) return undefined;
  const isThere = await stampAt(path).then(
    () => true,
    (thrown: NodeJS.ErrnoException) => (thrown.code === 'ENOENT' ? false : undefined),
  );
  if (to) return isThere === false ? false : undefined;
  return isThere === undefined ? undefined : !isThere;
}

/** Undefined when the file cannot be read. */
async function isVersion(path: string, { sizeBytes, fileHash }: FileVersion): Promise<boolean | undefined> {
  try {
    return await withSource(
      path,
      async (source) => source.size === sizeBytes && (await fileHashOf(source)) === fileHash,
    );
  } catch {
    return undefined;
  }
}

/** A drive that is not there leaves an empty folder where it was mounted. */
const isReachable = (folder: string): Promise<boolean> =>
  readdir(folder).then(
    (names) => names.length > 0,
    () => false,
  );

function isRemoved(path: string): Promise<boolean> {
  return rm(path, { force: true }).then(
    () => true,
    () => false,
  );
}
