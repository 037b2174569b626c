import { isAbsolute } from 'node:path';
import type { StoredTrack, TrackRepository } from '../../library/tracks';
import { AppError } from '../../rpc';

/** Where libraries lie, as this domain needs to know it. */
export interface LibraryPlaces {
  list(): readonly { readonly id: number }[];
  libraryOf(path: string): Promise<{ readonly library: { readonly id: number }; readonly path: string } | undefined>;
}
export interface TrackName {
  readonly file_id?: number;
  readonly path?: string;
  readonly title?: string;
  readonly artist?: string;
}

/** How players name a track: by our number, by its path, or by title and artist. */
export function createFindTrack(deps: { tracks: TrackRepository; libraries: LibraryPlaces }) {
  const { tracks, libraries } = deps;

  async function byPath(path: string): Promise<StoredTrack | undefined> {
    if (!isAbsolute(path)) {
      const inAll = libraries.list().map(({ id }) => tracks.findByPath(id, path));
      return inAll.find((track) => track !== undefined);
    }
    const place = await libraries.libraryOf(path);
    return place && tracks.findByPath(place.library.id, place.path);
  }

  function byName(title: string, artist: string): StoredTrack | undefined {
    const isSame = (a: string, b: string) => a.localeCompare(b, undefined, { sensitivity: 'base' }) === 0;
    return tracks
      .listByTitle(title)
      .find((track) => isSame(track.title, title) && (artist === '' || isSame(track.artist, artist)));
  }

  /** Throws `invalid_input` when nothing is named, `not_found`. */
  return async ({ file_id, path, title, artist = '' }: TrackName): Promise<StoredTrack> => {
    if (file_id !== undefined) return tracks.get(file_id);
    if (path === undefined && title === undefined)
      throw new AppError('invalid_input', 'Name the track by file_id, by path, or by title and artist.');
    const found = path !== undefined ? await byPath(path) : byName(title!, artist);
    if (!found)
      throw new AppError('not_found', `There is no track ${path ?? `"${title}" by "${artist}"`} in the library.`);
    return found;
  };
}
