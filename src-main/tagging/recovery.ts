import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withSource } from './files/source';
import { fileHashOf } from './read-tags';
import { TEMP_NAME } from './safe-replace';
import type { WriteJournal } from './write-journal';
import type { JournalEntry, Recovery } from './writing';

/** What is done once at start, before anything is written: the journal and the disk are made to agree. */
export function createRecovery(journal: WriteJournal) {
  return async (folders: Iterable<string> = []): Promise<Recovery> => {
    const counts = { written: 0, abandoned: 0, removed: 0 };
    for (const entry of journal.listOpen()) {
      // A drive that is not there now may hold either; it is asked again at the next start.
      if (!(await exists(dirname(entry.path)))) continue;
      const isReplaced = await holds(entry);
      if (entry.state === 'undoing') journal.settle(entry.id, isReplaced ? 'undone' : 'written');
      else journal.settle(entry.id, isReplaced ? 'written' : 'abandoned');
      counts[isReplaced ? 'written' : 'abandoned']++;
    }
    const known = new Set(journal.listFolders());
    for (const folder of new Set([...known, ...folders])) {
      const removed = await removeLeftOvers(folder);
      if (removed === undefined) continue;
      counts.removed += removed;
      journal.forgetFolder(folder);
    }
    return counts;
  };
}

/** Whether the file has become what the open step was about to make of it. */
async function holds(entry: JournalEntry): Promise<boolean> {
  const [size, hash] =
    entry.state === 'undoing' ? [entry.oldSize, entry.oldFileHash] : [entry.newSize, entry.newFileHash];
  try {
    return await withSource(entry.path, async (source) => source.size === size && (await fileHashOf(source)) === hash);
  } catch {
    return false;
  }
}

/** How many copies were left in the folder; undefined when it cannot be looked into now. */
async function removeLeftOvers(folder: string): Promise<number | undefined> {
  try {
    const names = (await readdir(folder)).filter((name) => TEMP_NAME.test(name));
    for (const name of names) await rm(join(folder, name), { force: true });
    return names.length;
  } catch {
    return undefined;
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
