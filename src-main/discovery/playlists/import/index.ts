/**
 * Import of playlists from elsewhere: reads their files, finds the tracks that they mean in the library, remembers what
 * a person has chosen. Owns the table `import_match`.
 */

export { playlistImportHandlers } from './handlers';
export { playlistReaders } from './playlist-reader';
export { createImportQueries } from './queries';
