import { fileKey, type IndexedTrack, type LibraryIndex } from './library-index';

/** A file of the library whose path ends as that of a playlist does. */
export interface PathMatch {
  readonly track: IndexedTrack;
  /** So many segments agree, from the file's name upwards; the folder of a disc is none of them. */
  readonly depth: number;
}

/** Every album of several discs has it, so it says nothing about which is meant. */
const DISC_FOLDER = /^(?:cd|dis[ck]|disque)[ ._-]?\d{1,2}$/;

/**
 * The one file whose path ends most like this one: at least its name and its folder, or a name that only one has.
 * Letter case counts only where nothing else tells two files apart.
 */
export function findByPath(index: LibraryIndex, path: string): PathMatch | undefined {
  const wanted = segmentsOf(path);
  const wantedInLowerCase = wanted.map(lowerCase);
  const found = (index.byFile.get(fileKey(path)) ?? []).map((track) => {
    const parts = segmentsOf(track.path);
    return { track, same: sameEnd(parts.map(lowerCase), wantedInLowerCase), exact: sameEnd(parts, wanted) };
  });
  const most = Math.max(...found.map(({ same }) => same));
  const nearest = found.filter(({ same }) => same === most);
  const mostExact = Math.max(...nearest.map(({ exact }) => exact));
  const best = nearest.filter(({ exact }) => exact === mostExact);
  const isSure = best.length === 1 && (most >= 2 || found.length === 1);
  if (!isSure) return undefined;
  const depth = wantedInLowerCase.slice(0, most).filter((part) => !DISC_FOLDER.test(part)).length;
  return { track: best[0].track, depth };
}

/** From the file's name upwards. */
const segmentsOf = (path: string) => path.split('/').reverse();
const lowerCase = (text: string) => text.toLowerCase();

function sameEnd(parts: readonly string[], wanted: readonly string[]): number {
  const end = parts.findIndex((part, at) => part !== wanted[at]);
  return end < 0 ? parts.length : end;
}
