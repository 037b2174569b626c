/**
 * Tagging: what an analysis becomes in a file. Reads files of every container, and writes our tags into them without
 * touching audio or any tag that is not ours; lets every write be undone.
 */

export { createTakeOver } from './adopt-nomarr-tags';
export { createAfterUndo } from './after-undo';

export { createDescribeTrack } from './describe-track';
export { taggingHandlers } from './handlers';
export {
  createAttempts,
  createEnqueueTracks,
  createRewrite,
  createStaleQueries,
  createTagJob,
  createTagRequest,
  createWhyPassed,
  createWriteAnalyzed,
  createWriteJob,
  findKnownStamp,
  type Rewrite,
  stabilityOption,
  tagJobKind,
  writeJobKind,
} from './jobs';
export {
  createJudgeTrack,
  createPlanQueries,
  createSelectionQueries,
  createWritePlans,
  writePlansHandlers,
} from './plan';
export { createUndoWrites } from './undo-writes';
export {
  AUDIO,
  createEnsureTrack,
  createIsAnalysisCurrent,
  createRemoveTags,
  createTagStates,
  createTagWriter,
  createUndoableJobs,
  createWriteTrack,
  planReaders,
  type TagWriter,
  type WriteResult,
} from './write';
