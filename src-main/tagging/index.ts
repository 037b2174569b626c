/**
 * Tagging: what the heard becomes in a file. Reads files of every container, and writes our tags into them without
 * touching audio or any tag that is not ours; keeps the journal by which every write can be undone. Owns the
 * tables `tag_write`, `tag_state`, `track_mood`, `mood_state`, `verification` and
 * `verification_finding`.
 */

export { type Attempts, createAttempts } from './attempts';
export { taggingContract } from './contract';
export { createDescribeTrack } from './describe-track';
export { createEnsureTrack } from './ensure-track';
export { CONTAINERS, type Container } from './files/container';
export { decideGenres, GENRE_SHARE, type GenreSource, type Genres, MOST_GENRES } from './genres';
export { type FileMetadata, readMetadata } from './metadata';
export { createMoodStore, type DecidedMoods, type MoodStore, moodsText } from './mood-store';
export { type Calibrate, decideLabels, decideMoods, type LabelDecision, type MoodTerm, type Pooled } from './moods';
export { payloadHash, readTags } from './read-tags';
export { RECOVERY_STEPS, type RecoveryStep } from './recovery';
export { createRemoveTags } from './remove-tags';
export { createRewrite, type Rewrite } from './rewrite';
export { RETREAT, STEPS, type Step } from './safe-replace';
export { createStaleQueries } from './stale-queries';
export { createStillHolds } from './stored-analysis';
export { createTagJob, type TagJobDeps } from './tag-job';
export { type HeadOutline, type ScoreSource, type TagKey, type TagSource, tagKeysOf } from './tag-keys';
export { createTagStates } from './tag-states';
export { createTagWriter, planTags, type TagWriterParts } from './tag-writer';
export { answerTagging } from './tagging';
export { createTakeOver } from './take-over';
export { TIERS, type Tier } from './tiers';
export { createUndoableJobs } from './undoable-jobs';
export { createVerify } from './verify/verify';
export { createWrittenQueries } from './verify/written-queries';
export { numberOf, OPPOSITES, speaksOfMoods } from './vocabulary';
export {
  type Calibration,
  type Heard,
  keyName,
  LEAST_CONFIDENCE,
  MOOD_NUMBERS,
  NO_CALIBRATION,
  provenanceOf,
  type TagSettings,
  wantedTags,
} from './wanted-tags';
export { type AtRestOptions, type SeenFile, seeFile, whenAtRest } from './when-at-rest';
export { createWriteHeard, createWriteJob } from './write-job';
export { createWriteTrack, type LibraryChoices, type WriteResult, type WriteTrack } from './write-track';
export {
  type FileState,
  type JournalEntry,
  type Recovery,
  STANDARD_FIELDS,
  type StandardField,
  type TagChange,
  type TagPlan,
  type TagWriter,
  type TagWritten,
  type UndoResult,
  type WantedTags,
  type WriteOptions,
} from './writing';
