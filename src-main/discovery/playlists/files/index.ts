/** Playlist files: .m3u and .nsp written into folders of the user. Owns the table `playlist_file`. */
export { m3uFileName, m3uOf } from './m3u';
export { createPlaylistFiles, type PlaylistFiles, safeName } from './playlist-files';
export { PLAYLIST } from './playlist-kind';
