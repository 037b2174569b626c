/**
 * Libraries: folders with music. Finds new, changed, moved and missing files in numbered phases, and says which
 * library a path belongs to. Owns the table `scan_run`.
 */

export { type Library, librariesContract, type WriteMode } from './contract';
export { createFileChanges, type FileChanges } from './file-changes';
export { librariesHandlers } from './handlers';
export { createLibraries, type Libraries, type LibrariesDeps, type ScanChoices } from './libraries';
export type { LibraryPlace } from './library-roots';
export type { FileReaders, ScanSummary } from './scan';
export { scanJobKind } from './scan-job';
export type { EnqueueTracks, Queued, RunningScan } from './scans';
export { confine } from './store';
export type { TrackPlace } from './track-moves';
