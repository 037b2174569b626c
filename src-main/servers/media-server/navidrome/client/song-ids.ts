import type { LocalPath } from '../../../connections';
import type { Navidrome } from './navidrome';
import { type SharedPlace, toRemote } from './server-places';

const PAGE = 1000;

/**
 * Navidrome's ids of tracks, in their order; undefined for those it does not have. By the real paths of its own
 * API: those of Subsonic are made up from tags unless a player asks otherwise. Reads pages until all are found.
 */
export async function songIdsOf(
  { native }: Navidrome,
  places: readonly SharedPlace[],
  tracks: readonly LocalPath[],
): Promise<(string | undefined)[]> {
  const wanted = tracks.map((track) => keyOf(toRemote(places, track)));
  const missing = new Set(wanted.filter((key) => key !== undefined));
  const found = new Map<string, string>();
  for (let start = 0; missing.size > 0; start += PAGE) {
    const songs = await native.listSongs(start, PAGE);
    for (const { id, libraryId = '1', path } of songs) {
      const key = keyOf({ remoteId: libraryId, path })!;
      if (missing.delete(key)) found.set(key, id);
    }
    if (songs.length < PAGE) break;
  }
  return wanted.map((key) => (key === undefined ? undefined : found.get(key)));
}

const keyOf = (remote: ReturnType<typeof toRemote>): string | undefined =>
  remote && `${remote.remoteId}:${remote.path.normalize('NFC')}`;
