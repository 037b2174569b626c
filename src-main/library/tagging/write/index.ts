/**
 * Writing tags: plan, write and undo for one file, and which files carry the present tags. Owns the table `tag_state`.
 */
export { createEnsureTrack } from './ensure-track';
export { heardIn } from './load-analysis';
export { createRemoveTags, type RemoveTags } from './remove-tags';
export { createStillHolds, hashOf, type StillHolds } from './stored-analysis';
export type { TagWriter } from './tag-plan';
export { createTagWriter, planTags, type TagWriterParts } from './tag-writer';
export { createUndoableJobs } from './undoable-jobs';
export { createTagStates, mannerOf, type TagStates } from './write-fingerprints';
export {
  createWriteTrack,
  type LibraryChoices,
  type WriteResult,
  type WriteTrack,
  type WriteTrackDeps,
  wantedFor,
} from './write-track';
