/** Counting: which tracks are counted, and sets of them. Owns no tables. */
export { type Bound, bound, COUNTED, type LibraryScope, percentage, prepareCountOfCounted } from './counted';
export { genresIn, type NamedCount, splitGenres } from './genre-counts';
export { NEWEST } from './newest-analysis';
export { LEAST_OF_TIER, TIER_NAMES, type TierName } from './tier-names';
export { keepOnly, sizeOf, sizeOfBoth, type TrackSet, trackSetOf, unionOf } from './track-set';
