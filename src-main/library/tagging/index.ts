/**
 * Tagging: what the heard becomes in a file. Reads files of every container, and writes our tags into them without
 * touching audio or any tag that is not ours; keeps the journal by which every write can be undone. Owns the
 * tables `tag_write`, `tag_state`, `track_mood`, `mood_state`, `verification` and
 * `verification_finding`.
 */

export { createTakeOver } from './adopt-nomarr-tags';
export { taggingContract } from './contract';
export { createDescribeTrack } from './describe-track';
export { answerTagging } from './handlers';
export {
  type AtRestOptions,
  type Attempts,
  createAttempts,
  createRewrite,
  createStaleQueries,
  createTagJob,
  createWriteHeard,
  createWriteJob,
  type Rewrite,
  type SeenFile,
  seeFile,
  type TagJobDeps,
  whenAtRest,
} from './jobs';
export {
  createEnsureTrack,
  createRemoveTags,
  createStillHolds,
  createTagStates,
  createTagWriter,
  createUndoableJobs,
  createWriteTrack,
  type LibraryChoices,
  planTags,
  type TagWriter,
  type TagWriterParts,
  type WriteResult,
  type WriteTrack,
} from './write';
