import { AppError } from '../../rpc';
import type { SmartPlaylist } from './playlist-server';

/** How rules name another playlist of ours: `{ "inPlaylist": { "id": "tonearm:7" } }`. */
const OURS = /^tonearm:(\d+)$/;

/**
 * The playlist with the server's ids in the place of ours. Throws `conflict` when one that it builds upon is not on
 * the server yet: that has to be published first.
 */
export function withRemoteIds(playlist: SmartPlaylist, remoteIdOf: (id: number) => string | undefined): SmartPlaylist {
  function replaced(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one)]));
    const ours = typeof value === 'string' ? OURS.exec(value) : null;
    return ours ? remoteId(Number(ours[1])) : value;
  }
  function remoteId(id: number): string {
    const found = remoteIdOf(id);
    if (found !== undefined) return found;
    throw new AppError(
      'conflict',
      'The playlist builds upon another one that this server does not have. Publish that one there first, directly and not as a file.',
      { details: [{ playlistId: id }] },
    );
  }
  return { ...playlist, rules: replaced(playlist.rules) as SmartPlaylist['rules'] };
}
