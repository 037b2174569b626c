/** Saved playlists: kept, listed, exported. Owns the tables `playlist` and `playlist_track`. */
export type { PlaylistLibrary, PlaylistsDeps } from './deps';
export { fieldsOfLibrary } from './library-fields';
export type { SavedPlaylist } from './playlist';
export { createPlaylistRepository } from './playlist-repository';
export { savedPlaylistHandlers } from './saved';
export { selectionOf, tracksOf } from './tracks-of';
