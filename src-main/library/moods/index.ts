/**
 * Moods: from calibrated scores to mood terms, genres and the tags that a file is to carry. Owns the tables
 * `track_mood` and `mood_state`.
 */
export { decideGenres, GENRE_SHARE, type GenreSource, MAX_GENRES } from './genres';
export { createMoodStore, type DecidedMoods, type MoodStore, moodsText } from './mood-store';
export {
  decideLabels,
  decideMoods,
  explainMoods,
  type MoodTerm,
  type Pooled,
  uncalibrated,
} from './moods';
export { type HeadOutline, type ScoreSource, type TagKey, type TagSource, tagKeysOf } from './tag-keys';
export { TIERS, type Tier } from './tiers';
export { numberOf, OPPOSITES, regressionOf, speaksOfMoods } from './vocabulary';
export {
  type AnalysisResult,
  type Calibration,
  keyName,
  LEAST_CONFIDENCE,
  MOOD_NUMBERS,
  NO_CALIBRATION,
  provenanceOf,
  separatorOf,
  type TagSettings,
  wantedTags,
} from './wanted-tags';
