import { AppError } from '../../../../rpc';
import type { LocalMusic } from '../../../connections';
import type { PlaylistSource, Publisher } from '../../../publishing';
import { type Navidrome, sharedPlaces, songIdsOf } from '../client';
import { hashOf } from './canonical';
import { goneIfNotFound } from './publish-smart';

/** The tracks that match now, as a plain playlist over Subsonic; it changes when it is published again. */
export function createStaticPublisher(
  navidrome: Navidrome,
  places: LocalMusic,
  source: Pick<PlaylistSource, 'tracksOf'>,
): Publisher {
  const { subsonic } = navidrome;
  return {
    async publish({ playlistId, playlist, known }) {
      const tracks = await source.tracksOf(playlistId);
      const found = await songIdsOf(navidrome, await sharedPlaces(navidrome, places), tracks);
      const songIds = found.filter((id) => id !== undefined);
      if (songIds.length === 0) throw nothingFound(tracks.length);
      const to = known?.remoteId ? { playlistId: known.remoteId } : { name: playlist.name };
      const remoteId = await subsonic.createPlaylist(to, songIds);
      const { name, comment, public: isPublic } = playlist;
      await subsonic.updatePlaylist(remoteId, { name, comment, public: isPublic });
      const remoteHash = await hashThere(navidrome, remoteId);
      return { remoteId, path: null, remoteHash, message: messageOf(tracks.length - songIds.length) };
    },

    async find({ remoteId, remoteHash }) {
      const there = await hashThere(navidrome, remoteId!).catch(goneIfNotFound);
      if (there === undefined) return 'gone';
      return there === remoteHash ? 'same' : 'changed';
    },

    async remove({ remoteId }) {
      await subsonic.deletePlaylist(remoteId!).catch(goneIfNotFound);
    },
  };
}

async function hashThere({ subsonic }: Navidrome, id: string): Promise<string> {
  const { name, comment, public: isPublic, entry } = await subsonic.getPlaylist(id);
  return hashOf({ name, comment: comment ?? '', public: isPublic ?? false, songs: entry.map((song) => song.id) });
}

function nothingFound(tracks: number): AppError {
  if (tracks === 0)
    return new AppError('invalid_input', 'No track matches this playlist, so there is nothing to publish.');
  return new AppError(
    'not_found',
    'Navidrome has none of these tracks under a path that Tonearm knows. Has it scanned the same folders?',
  );
}

function messageOf(missing: number): string | null {
  if (missing === 0) return null;
  return missing === 1
    ? '1 track is not in Navidrome and was left out.'
    : `${missing} tracks are not in Navidrome and were left out.`;
}
