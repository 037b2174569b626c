/** Playlists: built from rules, imported, previewed, exported and published. */
export { playlists } from './feature';
