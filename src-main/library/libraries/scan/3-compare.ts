import { isSameStamp } from '../../../platform/file-stamp';
import type { FoundFile, KnownFile, TrackRepository } from '../../tracks';
import type { WalkedFile, WalkedFolder } from './2-walk';
import type { PassedOver } from './ignored';
import type { ScanScope } from './scope';

interface ChangedFile {
  readonly known: KnownFile;
  readonly file: FoundFile;
}

/** What the disk holds against what is known: the value that the later phases work on. */
export interface Comparison {
  /** Files at paths where no track is known. */
  readonly added: FoundFile[];
  /** Tracks whose file is another than the last time, or has to be read again. */
  readonly changed: ChangedFile[];
  /** Missing tracks whose file is there again, unchanged. */
  readonly returned: ChangedFile[];
  /** Ids of the tracks whose file was seen. */
  readonly seen: Set<number>;
  unchanged: number;
  /** How much in the folders is not the library's, by reason, and how many files cannot be written for their names. */
  readonly passedOver: { [reason in PassedOver | 'not_utf8']?: number };
}

export function emptyComparison(): Comparison {
  return { added: [], changed: [], returned: [], seen: new Set(), unchanged: 0, passedOver: {} };
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
    if (force || known.hasFailed || known.isOutdated || !isSameStamp(known, file)) into.changed.push({ known, file });
    else if (known.isMissing) into.returned.push({ known, file });
    else into.unchanged += 1;
  }
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
