import { fileKey, type IndexedTrack, type LibraryIndex } from './library-index';

/** A file of the library whose path ends as that of a playlist does. */
export interface PathMatch {
  readonly track: IndexedTrack;
  /** So many segments agree, from the file's name upwards; the folder of a disc is none of them. */
  readonly depth: number;
}

/** Every album of several discs has it, so it says nothing about which is meant. */
const DISC_FOLDER = /^(?:cd|dis[ck]|disque)[ ._-]?\d{1,2}$/;

/** The one file whose path ends most like this one: at least its name and its folder, or a name that only one has. */
export function findByPath(index: LibraryIndex, path: string): PathMatch | undefined {
  const wanted = segmentsOf(path);
  const found = (index.byFile.get(fileKey(path)) ?? []).map((track) => {
    const parts = segmentsOf(track.path);
    const end = parts.findIndex((part, at) => part !== wanted[at]);
    return { track, same: end < 0 ? parts.length : end };
  });
  const most = Math.max(...found.map(({ same }) => same));
  const best = found.filter(({ same }) => same === most);
  const isSure = best.length === 1 && (most >= 2 || found.length === 1);
  if (!isSure) return undefined;
  const depth = wanted.slice(0, most).filter((part) => !DISC_FOLDER.test(part)).length;
  return { track: best[0].track, depth };
}

/** From the file's name upwards. */
const segmentsOf = (path: string) => path.toLowerCase().split('/').reverse();
