import type { Encoding } from './encodings';
import { readPlaylist } from './read-playlist';

/** Ten thousand tracks with long paths, and several such lists in a file. */
const MAX_RESULT_BYTES = 128 * 1024 * 1024;

interface PlaylistFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly encoding?: Encoding;
}

/** What a worker reads of playlists from elsewhere. */
export const playlistReaders = {
  playlist: {
    maxResultBytes: MAX_RESULT_BYTES,
    read: async ({ name, content, encoding }: PlaylistFile) => readPlaylist(name, content, encoding),
  },
};
