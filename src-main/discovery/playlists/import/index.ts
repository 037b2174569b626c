/**
 * Import of playlists from elsewhere: reads their files, finds the tracks that they mean in the library, remembers what
 * a person has chosen. Owns the table `import_match`.
 */
export { type PlaylistImportDeps, playlistImportHandlers } from './answers';
export { playlistImportContract } from './contract';
export { createImportQueries } from './queries';
