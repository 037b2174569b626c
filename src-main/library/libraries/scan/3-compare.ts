import { isSameStamp } from '../../../platform/file-stamp';
import type { FoundFile, KnownFile, TrackRepository } from '../../tracks';
import type { WalkedFile, WalkedFolder } from './2-walk';
import type { PassedOver } from './ignored';
import type { ScanScope } from './scope';

interface ChangedFile {
  readonly known: KnownFile;
  readonly file: FoundFile;
}

type Finding = 'changed' | 'returned' | 'unchanged';

/** What the disk holds against what is known: the value that the later phases work on. */
export interface Comparison {
  /** Files at paths where no track is known. */
  readonly added: FoundFile[];
  /** Tracks whose file is another than the last time, or has to be read again. */
  changed: ChangedFile[];
  /** Missing tracks whose file is there again, unchanged. */
  returned: ChangedFile[];
  /** Of all of them those at whose path a file of another number is: it may be the file of another track. */
  readonly renumbered: (ChangedFile & { readonly finding: Finding })[];
  /** Ids of the tracks whose file was seen. */
  readonly seen: Set<number>;
  unchanged: number;
  /** How much in the folders is not the library's, by reason, and how many files cannot be written for their names. */
  readonly passedOver: { [reason in PassedOver | 'not_utf8']?: number };
}

export function emptyComparison(): Comparison {
  return { added: [], changed: [], returned: [], renumbered: [], seen: new Set(), unchanged: 0, passedOver: {} };
}

/** Compares one folder's files with its tracks by path, size and time; `force` reads all of them again. */
export function compare(
  folder: WalkedFolder,
  tracks: Pick<TrackRepository, 'listInFolder'>,
  { libraryId, force }: { libraryId: number; force: boolean },
  into: Comparison,
): void {
  const knownByPath = new Map(tracks.listInFolder(libraryId, folder.folder).map((known) => [known.path, known]));
  for (const walked of folder.files) {
    const file = { libraryId, ...toFound(walked) };
    const known = knownByPath.get(file.path);
    if (!known) {
      into.added.push(file);
      continue;
    }
    into.seen.add(known.id);
    const isToBeRead = force || known.hasFailed || known.isOutdated || !isSameStamp(known, file);
    const finding: Finding = isToBeRead ? 'changed' : known.isMissing ? 'returned' : 'unchanged';
    if (finding === 'unchanged') into.unchanged += 1;
    else into[finding].push({ known, file });
    if (known.inode && known.inode !== file.inode) into.renumbered.push({ known, file, finding });
  }
}

/** What a file keeps when it is renamed on its disk; undefined where the disk does not number its files. */
export const renameKey = ({ inode, sizeBytes, mtimeMs }: KnownFile | FoundFile): string | undefined =>
  inode && inode !== '0' ? `${inode} ${sizeBytes} ${mtimeMs}` : undefined;

/**
 * Finds where files have taken the places of others, as two do that change names: there a path tells nothing of the
 * track. Such files count as added, and their tracks, which are given back, as gone. A track whose own file is nowhere
 * keeps what is at its path.
 */
export function separateDisplaced(comparison: Comparison, gone: readonly KnownFile[]): KnownFile[] {
  let displaced = comparison.renumbered;
  for (let before = -1; displaced.length !== before; ) {
    before = displaced.length;
    const owners = Map.groupBy([...gone, ...displaced.map(({ known }) => known)], renameKey);
    const there = new Set([...comparison.added, ...displaced.map(({ file }) => file)].map(renameKey));
    displaced = displaced.filter(({ known, file }) => {
      const key = renameKey(file);
      return key !== undefined && owners.has(key) && there.has(renameKey(known));
    });
  }
  const ids = new Set(displaced.map(({ known }) => known.id));
  comparison.changed = comparison.changed.filter(({ known }) => !ids.has(known.id));
  comparison.returned = comparison.returned.filter(({ known }) => !ids.has(known.id));
  comparison.unchanged -= displaced.filter(({ finding }) => finding === 'unchanged').length;
  for (const id of ids) comparison.seen.delete(id);
  comparison.added.push(...displaced.map(({ file }) => file));
  return displaced.map(({ known }) => known);
}

function toFound({ path, bytes, sizeBytes, mtimeMs, inode }: WalkedFile): Omit<FoundFile, 'libraryId'> {
  return { path, pathBytes: bytes, sizeBytes, mtimeMs, inode };
}

const PAGE = 2000;

/**
 * The tracks that a scan expected within its scope and did not see. What lies in a folder that could not be read is
 * not among them: nobody knows whether it is there.
 */
export async function findGone(
  libraryId: number,
  { seen }: Comparison,
  tracks: Pick<TrackRepository, 'listPresentAfter'>,
  scope: ScanScope,
): Promise<KnownFile[]> {
  const gone: KnownFile[] = [];
  for (let last = 0; ; ) {
    const page = tracks.listPresentAfter(libraryId, last, PAGE);
    for (const known of page) if (!seen.has(known.id) && scope.expects(known.path)) gone.push(known);
    if (page.length < PAGE) return gone;
    last = page[page.length - 1].id;
    await new Promise(setImmediate);
  }
}
