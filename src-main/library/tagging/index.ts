/**
 * Tagging: what the heard becomes in a file. Reads files of every container, and writes our tags into them without
 * touching audio or any tag that is not ours; keeps the journal by which every write can be undone. Owns the
 * tables `tag_write`, `tag_state`, `track_mood`, `mood_state`, `verification` and
 * `verification_finding`.
 */

export { createTakeOver } from './adopt-nomarr-tags';
export { taggingContract } from './contract';
export { createDescribeTrack } from './describe-track';
export { taggingHandlers } from './handlers';
export {
  type Attempts,
  createAttempts,
  createRewrite,
  createStaleQueries,
  createTagJob,
  createWriteAnalyzed,
  createWriteJob,
  findKnownStamp,
  type Rewrite,
  type StabilityOptions,
  type TagJobDeps,
  waitUntilStable,
} from './jobs';
export {
  createEnsureTrack,
  createIsAnalysisCurrent,
  createRemoveTags,
  createTagStates,
  createTagWriter,
  createUndoableJobs,
  createWriteTrack,
  type LibraryWriting,
  planTags,
  type TagWriter,
  type TagWriterParts,
  type WriteResult,
  type WriteTrack,
} from './write';
