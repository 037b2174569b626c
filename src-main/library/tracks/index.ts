/**
 * Tracks: one row for each audio file of the libraries, from the scan that found it to its analysis and what was
 * written into it. Owns the tables `track`, `track_text`, `album`, `track_count` and `track_search`; nothing else
 * writes to them.
 */
export type { Track, TrackDetail } from './contract';
export type { KnownFile } from './known-files';
export { withReadablePath } from './raw-path';
export { type FoundFile, folderOf, type ReadTags } from './track-files';
export { createTrackQueries, TRACK_FILTER, type TrackQuery, trackFilterOf } from './track-list';

export { createTrackRepository, type TrackRepository } from './track-repository';
export { LISTED_COLUMNS, type ListedRow, type StoredTrack, toTrack, unsureOf } from './track-row';
export { PASSED_OVER } from './track-status';
export { createTracks, type TrackDescribers } from './tracks';
export { fold } from './words';
