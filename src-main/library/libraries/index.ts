/**
 * Libraries: folders with music. Finds new, changed, moved and missing files in numbered phases, and says which
 * library a path belongs to. Owns the table `scan_run`.
 */

export { holdsAudio } from './audio-folders';
export { createFileChanges, type FileChanges } from './file-changes';
export { librariesHandlers } from './handlers';
export { createLibraries, type Libraries } from './libraries';
export type { FileMoved } from './scan';
export { scanJobKind } from './scan-job';
export type { EnqueueTracks } from './scans';
export { confine } from './store';
export type { TrackPlace } from './track-moves';
