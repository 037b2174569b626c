/**
 * Playlists: rules by which Navidrome finds tracks, in words, as a tree and as its files; what they would find in this
 * library; and the configuration by which Navidrome knows our tags.
 */
export { answerPlaylists } from './answers';
export { playlistsContract } from './contract';
export type { PlaylistsDeps } from './deps';
export { createPlaylistQueries, type PlaylistQueries } from './evaluate/queries';
