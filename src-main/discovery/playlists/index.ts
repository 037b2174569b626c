/**
 * Playlists: rules by which Navidrome finds tracks, in words, as a tree and as its files; what they find in this
 * library; those that are saved; and the configuration by which Navidrome knows our tags. Its folders
 * own the tables.
 */

export { createPlaylistQueries } from './evaluate';
export { m3uFileName, m3uOf, PLAYLIST, safeName } from './files';
export {
  createImportQueries,
  playlistImportHandlers,
  playlistReaders,
} from './import';
export { createPlaylists } from './playlists';
