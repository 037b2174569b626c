/** Watching: notices changes in library folders between scans. Owns no tables. */
export { createWatching } from './watching';
