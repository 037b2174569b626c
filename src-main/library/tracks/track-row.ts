import { join } from 'node:path';
import type { Track } from './contract';
import { statusOf } from './track-status';

/** A row of `track` with the root of its library beside it. */
export interface TrackRow {
  id: number;
  library_id: number;
  root_path: string;
  path: string;
  path_bytes: Buffer | null;
  size_bytes: number;
  mtime_ms: number;
  inode: string | null;
  container: string | null;
  duration_ms: number | null;
  sample_rate: number | null;
  channels: number | null;
  bitrate: number | null;
  payload_hash: string | null;
  title: string;
  artist: string;
  album: string;
  genre: string;
  year: number | null;
  track_number: number | null;
  disc_number: number | null;
  error_code: string | null;
  attempt_code: string | null;
  error_message: string | null;
  never_touch: number;
  nomarr_tags: number;
  added_at: string;
  missing_since: string | null;
  tagged_at: string | null;
  tagged_with: string | null;
  analyzed_at: string | null;
  is_incomplete: number;
  analysis_version: string | null;
  bpm: number | null;
  musical_key: string | null;
  bpm_confidence: number | null;
  key_confidence: number | null;
}

const confidence = (name: 'bpm' | 'key') => `(
  SELECT ${name}_confidence FROM analysis JOIN descriptor ON analysis_id = analysis.id
  WHERE track_id = track.id AND version = track.analysis_version) AS ${name}_confidence`;
/** How far tempo and key of the newest analysis can be relied on, beside the columns of `track`. */
export const CONFIDENCES = `${confidence('bpm')}, ${confidence('key')}`;

/** Below these a tempo may be off by an octave, and a key may be a related one. */
const SURE = { bpm: 0.55, key: 0.5 };

/** Which of tempo and key cannot be relied on, by how sure the analysis is of them. */
export function unsureOf(of: { bpmConfidence?: number | null; keyConfidence?: number | null }): Track['unsure'] {
  return [
    ...(isBelow(of.bpmConfidence, SURE.bpm) ? (['tempo'] as const) : []),
    ...(isBelow(of.keyConfidence, SURE.key) ? (['key'] as const) : []),
  ];
}

/** The columns that a row of the list is made of, and nothing beyond: two hundred of them are read for each page. */
export const LISTED_COLUMNS = `id, library_id, path, title, artist, album, genre, year, duration_ms, container,
  missing_since, error_code, error_message, attempt_code, analyzed_at, is_incomplete, tagged_at, bpm, musical_key,
  ${CONFIDENCES}`;
export type ListedRow = Pick<
  TrackRow,
  | 'id'
  | 'library_id'
  | 'path'
  | 'title'
  | 'artist'
  | 'album'
  | 'genre'
  | 'year'
  | 'duration_ms'
  | 'container'
  | 'missing_since'
  | 'error_code'
  | 'error_message'
  | 'attempt_code'
  | 'analyzed_at'
  | 'is_incomplete'
  | 'tagged_at'
  | 'bpm'
  | 'musical_key'
  | 'bpm_confidence'
  | 'key_confidence'
>;

/** A track with all that is stored of it. */
export interface StoredTrack extends Track {
  /** With the separators of this platform. Where `pathBytes` is set, no path of text leads to the file. */
  readonly absolutePath: string;
  /** The absolute path as raw bytes, where its name is not UTF-8: such a file can be read but not written. */
  readonly pathBytes: Buffer | null;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly inode: string | null;
  readonly sampleRate: number | null;
  readonly channels: number | null;
  /** Bits per second. */
  readonly bitrate: number | null;
  /** SHA-256 of the encoded audio without any tag; null until someone had a reason to read all of it. */
  readonly payloadHash: string | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
  readonly errorCode: string | null;
  readonly neverTouch: boolean;
  /** How many tags of Nomarr's were in the file when it was looked at last. */
  readonly nomarrTags: number;
  readonly addedAt: string;
  readonly analysisVersion: string | null;
  /** The provenance that we wrote into the file last. */
  readonly taggedWith: string | null;
}

export function toTrack(row: ListedRow): Track {
  return {
    id: row.id,
    libraryId: row.library_id,
    path: row.path,
    title: row.title,
    artist: row.artist,
    album: row.album,
    genre: row.genre,
    year: row.year,
    durationMs: row.duration_ms,
    container: row.container,
    missingSince: row.missing_since,
    errorMessage: row.error_message,
    ...statusOf(row),
    analyzedAt: row.analyzed_at,
    isIncomplete: row.is_incomplete === 1,
    taggedAt: row.tagged_at,
    bpm: row.bpm,
    key: row.musical_key,
    unsure: unsureOf({ bpmConfidence: row.bpm_confidence, keyConfidence: row.key_confidence }),
  };
}

const isBelow = (value: number | null | undefined, least: number) => typeof value === 'number' && value < least;

export function toStoredTrack(row: TrackRow): StoredTrack {
  return {
    ...toTrack(row),
    absolutePath: join(row.root_path, row.path),
    pathBytes: row.path_bytes && Buffer.concat([Buffer.from(`${row.root_path}/`), row.path_bytes]),
    sizeBytes: row.size_bytes,
    mtimeMs: row.mtime_ms,
    inode: row.inode,
    sampleRate: row.sample_rate,
    channels: row.channels,
    bitrate: row.bitrate,
    payloadHash: row.payload_hash,
    trackNumber: row.track_number,
    discNumber: row.disc_number,
    errorCode: row.error_code,
    neverTouch: row.never_touch === 1,
    nomarrTags: row.nomarr_tags,
    addedAt: row.added_at,
    analysisVersion: row.analysis_version,
    taggedWith: row.tagged_with,
  };
}
