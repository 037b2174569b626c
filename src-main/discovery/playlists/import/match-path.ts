import { comparablePath, fileKey, type IndexedTrack, type LibraryIndex } from './library-index';
import { decodePercent } from './location';

/** A file of the library whose path ends as that of a playlist does. */
export interface PathMatch {
  readonly track: IndexedTrack;
  /** So many segments agree, from the file's name upwards; the folder of a disc is none of them. */
  readonly depth: number;
}

/** Every album of several discs has it, so it says nothing about which is meant. */
const DISC_FOLDER = /^(?:cd|dis[ck]|disque)[ ._-]?\d{1,2}$/;

/** From what all systems agree on to the very letters: the later tell apart what the earlier take for the same. */
const FORMS: readonly ((path: string) => string)[] = [comparablePath, (path) => path.normalize('NFC'), (path) => path];

/** The file of the library that a path means: as it is written, else with its percent signs decoded. */
export function findByPath(index: LibraryIndex, path: string): PathMatch | undefined {
  const decoded = decodePercent(path);
  return nearestTo(index, path) ?? (decoded === path ? undefined : nearestTo(index, decoded));
}

/**
 * The one file whose path ends most like this one: at least its name and its folder, or a name that only one has.
 * Letter case and the form of accents count only where nothing else tells two files apart.
 */
function nearestTo(index: LibraryIndex, path: string): PathMatch | undefined {
  const found = index.byFile.get(fileKey(path)) ?? [];
  const best = FORMS.reduce((tracks, form) => nearestIn(tracks, path, form), found);
  if (best.length !== 1) return undefined;
  const [track] = best;
  const wanted = segmentsOf(comparablePath(path));
  const same = sameEnd(segmentsOf(comparablePath(track.path)), wanted);
  if (same < 2 && found.length > 1) return undefined;
  return { track, depth: wanted.slice(0, same).filter((part) => !DISC_FOLDER.test(part)).length };
}

function nearestIn(tracks: readonly IndexedTrack[], path: string, form: (path: string) => string) {
  const wanted = segmentsOf(form(path));
  const rated = tracks.map((track) => ({ track, same: sameEnd(segmentsOf(form(track.path)), wanted) }));
  const most = Math.max(...rated.map(({ same }) => same));
  return rated.filter(({ same }) => same === most).map(({ track }) => track);
}

/** From the file's name upwards. */
const segmentsOf = (path: string) => path.split('/').reverse();

function sameEnd(parts: readonly string[], wanted: readonly string[]): number {
  const end = parts.findIndex((part, at) => part !== wanted[at]);
  return end < 0 ? parts.length : end;
}
