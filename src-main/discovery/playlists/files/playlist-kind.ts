import type { FileKind, JournalEntry } from '../../../files/safe-files';

/** The name of playlist files in the journal of writes. */
export const PLAYLIST = 'playlist';

/** A list of the largest library that may be written, with long paths. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** Playlist files: small, and kept whole, so that a list that was replaced or removed can be had again. */
export const playlistKind = (undone?: (entry: JournalEntry) => void): FileKind => ({
  kind: PLAYLIST,
  keeps: { wholeUpToBytes: MAX_KEPT_BYTES },
  undone,
});
