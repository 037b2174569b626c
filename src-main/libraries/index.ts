/**
 * Libraries: folders with music. Owns the tables `library` and `scan_folder`; finds new, changed, moved and missing
 * files in numbered phases, and says which library a path belongs to.
 */
export { answerLibraries } from './answers';
export { confine } from './confine';
export { type Library, librariesContract, type WriteMode } from './contract';
export { createLibraries, type Libraries, type LibrariesDeps, type LibraryPlace, type ScanChoices } from './libraries';
export type { ScanSummary } from './scan/7-finish';
export type { FileReaders } from './scan/read-file';
export type { EnqueueTracks, Queued, RunningScan } from './scans';
