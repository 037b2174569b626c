import type { LocalLibrary, LocalMusic, LocalPath } from '../../../connections';
import type { Navidrome } from './navidrome';

/** A file or folder by Navidrome's library and its path inside it. */
export interface RemotePath {
  readonly remoteId: string;
  readonly path: string;
}

/** Where one of our libraries and one of Navidrome's are the same folder: what stands before the common rest. */
export interface SharedPlace {
  readonly libraryId: number;
  readonly remoteId: string;
  /** Folder inside our library, empty for its root. */
  readonly localFolder: string;
  /** Folder inside Navidrome's library, empty for its root. */
  readonly remoteFolder: string;
}

export interface RemoteLibrary {
  readonly id: string;
  readonly name: string;
  /** As Navidrome sees it; empty when it does not say. */
  readonly path: string;
}

/** A container mounts the music elsewhere: these many of its songs have to be found here under the same path. */
const SAMPLES = 40;
const SHARE = 0.6;
/** So many folders above the artist may be part of one side only. */
const FOLDERS_MORE = 2;

/** The libraries of Navidrome: with their paths for an administrator, else only their names. */
export async function remoteLibraries({ native, subsonic }: Navidrome): Promise<RemoteLibrary[]> {
  if (await native.isAdmin().catch(() => false)) return native.listLibraries();
  return (await subsonic.getMusicFolders()).map((folder) => ({ ...folder, path: '' }));
}

/**
 * Which folders of ours Navidrome sees, and under which paths: the same root, one inside the other, or, where the
 * music is mounted elsewhere, by a sample of its songs that lie here under the same relative paths.
 */
export async function sharedPlaces(navidrome: Navidrome, { libraries, hasTrack }: LocalMusic): Promise<SharedPlace[]> {
  const remote = await remoteLibraries(navidrome);
  const local = libraries();
  const byPath = remote.flatMap((library) => local.flatMap((own) => placeByPath(own, library) ?? []));
  const open = remote.filter(({ id }) => !byPath.some(({ remoteId }) => remoteId === id));
  if (open.length === 0 || local.length === 0) return byPath;
  const songs = await navidrome.native.listSongs(0, 1000).catch(() => []);
  const bySongs = open.flatMap(({ id }) => {
    const paths = songs.filter(({ libraryId = '1' }) => libraryId === id).map(({ path }) => path);
    return placeBySongs(paths.slice(0, SAMPLES), id, local, hasTrack) ?? [];
  });
  return [...byPath, ...bySongs];
}

function placeByPath({ id: libraryId, root_path }: LocalLibrary, remote: RemoteLibrary): SharedPlace | undefined {
  if (!remote.path) return undefined;
  const [ours, theirs] = [slashed(root_path), slashed(remote.path)];
  const inTheirs = below(theirs, ours);
  const inOurs = below(ours, theirs);
  if (inTheirs === undefined && inOurs === undefined) return undefined;
  return { libraryId, remoteId: remote.id, localFolder: inOurs ?? '', remoteFolder: inTheirs ?? '' };
}

function placeBySongs(
  paths: readonly string[],
  remoteId: string,
  local: readonly LocalLibrary[],
  hasTrack: LocalMusic['hasTrack'],
): SharedPlace | undefined {
  for (let more = 0; more <= FOLDERS_MORE; more++) {
    for (const { id: libraryId } of local) {
      const found = paths.filter((path) => rest(path, more) !== '' && hasTrack(libraryId, rest(path, more)));
      if (found.length === 0 || found.length < paths.length * SHARE) continue;
      const remoteFolder = found[0].split('/').slice(0, more).join('/');
      return { libraryId, remoteId, localFolder: '', remoteFolder };
    }
  }
  return undefined;
}

/** Where Navidrome has a file or folder of ours; undefined when it does not see it. */
export function toRemote(places: readonly SharedPlace[], { libraryId, path }: LocalPath): RemotePath | undefined {
  for (const place of places) {
    if (place.libraryId !== libraryId) continue;
    const inside = below(place.localFolder, path);
    if (inside !== undefined) return { remoteId: place.remoteId, path: joined(place.remoteFolder, inside) };
  }
  return undefined;
}

/** The part of `path` below `folder`; empty when it is the folder itself, undefined when it lies elsewhere. */
function below(folder: string, path: string): string | undefined {
  if (folder === '' || folder === path) return folder === '' ? path : '';
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

const slashed = (path: string) => path.replaceAll('\\', '/').replace(/(?<=.)\/+$/, '');
const joined = (folder: string, path: string) => [folder, path].filter((part) => part !== '').join('/');
const rest = (path: string, folders: number) => path.split('/').slice(folders).join('/');
