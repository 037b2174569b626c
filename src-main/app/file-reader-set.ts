import { playlistReaders } from '../discovery/playlists';
import type { ReaderSet } from '../files/contained-readers';
import { tagReaders } from '../files/tag-formats';
import { verifyReaders } from '../files/verify';
import { planReaders } from '../library/tagging';
import { lidarrReaders } from '../servers/arr/lidarr';

/** Everything that others have written and that is read in a process of its own; the only file that knows it all. */
export const FILE_READERS = {
  ...tagReaders,
  ...planReaders,
  ...playlistReaders,
  ...verifyReaders,
  ...lidarrReaders,
} satisfies ReaderSet;
