/** Navidrome: a connection kind. Playlists, rescans, diagnosis of what it reads. Owns no tables. */
export { navidromeKind } from './navidrome-kind';
