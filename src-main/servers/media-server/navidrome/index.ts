/** Navidrome: a connection kind. Playlists, rescans, diagnosis of what it reads. Owns no tables. */
export { hashOf } from './canonical';
export type { NativePlaylist, SmartPlaylist } from './native';
export type { Navidrome, Navidromes } from './navidrome';
export { navidromeKind } from './navidrome-kind';
export { createNavidromePart, timeWarnings } from './navidrome-part';
export { type LocalPath, type PlacesDeps, sharedPlaces, toRemote } from './server-places';
export { songIdsOf } from './song-ids';
