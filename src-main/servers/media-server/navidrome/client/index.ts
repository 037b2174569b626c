/** The client of Navidrome: its own API and Subsonic's, and which of our files are which there. Owns no tables. */
export type { InspectedSong, NativePlaylist, NativeSong, ServerConfig } from './native';
export { createNavidromes, NAVIDROME, type Navidrome, type Navidromes, openNavidrome } from './navidrome';
export { remoteLibraries, sharedPlaces, toRemote } from './server-places';
export { songIdsOf } from './song-ids';
