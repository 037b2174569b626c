/** Publishing on Navidrome: by its own API, as a file in a library, or as a plain list of tracks. Owns no tables. */
export { createPlaylistServers } from './playlist-servers';
