/**
 * Writing tags: plan, write and undo for one file, and which files carry the present tags. Owns the table `tag_state`.
 */
export { AUDIO } from './audio-kind';
export { createEnsureTrack } from './ensure-track';
export { loadAnalysis } from './load-analysis';
export { planReaders } from './plan-reader';
export { createRemoveTags, type RemoveTags } from './remove-tags';
export { createIsAnalysisCurrent, hashOf, type IsAnalysisCurrent } from './stored-analysis';
export type { TagWriter } from './tag-plan';
export { createTagWriter } from './tag-writer';
export { createUndoableJobs } from './undoable-jobs';
export { createTagStates, namesOf, type TagStates, writeFingerprint } from './write-fingerprints';
export {
  changesDigest,
  createWriteTrack,
  leftBefore,
  leftWith,
  refuseOutside,
  type WriteOptions,
  type WriteResult,
  type WriteTrack,
  type WriteTrackDeps,
  wantedFor,
} from './write-track';
