import { insertRow } from '../../../test/support/insert-row';
import { tagKeysOf } from '../../library/moods';
import { type Database, openDatabase } from '../../platform/database';
import { createPlaylistQueries } from './evaluate/queries';
import { createFields } from './fields/registry';
import type { PlaylistLibrary } from './saved/deps';

/** What a test says of a track; all else is empty. */
export interface ATrack {
  readonly title: string;
  readonly artist?: string;
  readonly album?: string;
  readonly year?: number;
  readonly path?: string;
  readonly addedAt?: string;
  readonly durationMs?: number;
  readonly lyrics?: string;
  readonly texts?: Readonly<Record<string, readonly string[]>>;
  /** `head/label` → score. */
  readonly scores?: Readonly<Record<string, number>>;
  /** Mood → 1 loose, 2 regular, 3 strict. */
  readonly moods?: Readonly<Record<string, 1 | 2 | 3>>;
  readonly analyzed?: Readonly<Record<string, string | number>>;
  readonly isMissing?: boolean;
  /** The audio is another since: its analysis counts no more. */
  readonly isStale?: boolean;
}

/** A library of these tracks, numbered from 1, under /music. */
export function aMusicLibrary(tracks: readonly ATrack[]): Database {
  const db = openDatabase(':memory:');
  insertRow(db, 'library', { id: 1, name: 'Music', root_path: '/music', state: 'ready' });
  for (const [i, track] of tracks.entries()) addTrack(db, i + 1, track);
  return db;
}

function addTrack(db: Database, id: number, track: ATrack): void {
  const { title, artist = '', album = '', year, path = `${title}.flac`, addedAt = '2026-01-01T10:00:00.000Z' } = track;
  const isAnalyzed = track.scores !== undefined || track.analyzed !== undefined;
  insertRow(db, 'track', {
    ...{
      id,
      library_id: 1,
      title,
      artist,
      album,
      path,
      added_at: addedAt,
      mtime_ms: Date.UTC(2026, 0, 1),
      size_bytes: 1000 * id,
    },
    ...{ duration_ms: track.durationMs ?? 180_000, bitrate: 320_000, sample_rate: 44_100, channels: 2 },
    ...(year !== undefined && { year }),
    ...(track.isMissing && { missing_since: '2026-11-01T00:00:00.000Z' }),
    ...(isAnalyzed && !track.isStale && { analysis_version: 'v1', analyzed_at: addedAt }),
  });
  const artists = artist === '' ? {} : { artist: [artist] };
  const texts = JSON.stringify({ ...artists, ...track.texts });
  const { lyrics } = track;
  insertRow(db, 'track_text', { track_id: id, texts, ...(lyrics && { lyrics }), edition: 1 });
  for (const [mood, tier] of Object.entries(track.moods ?? {}))
    insertRow(db, 'track_mood', { track_id: id, mood, tier });
  if (!isAnalyzed) return;
  insertRow(db, 'analysis', { id, track_id: id, version: 'v1', preset: 'balanced' });
  for (const [position, [name, score]] of Object.entries(track.scores ?? {}).entries()) {
    const [head, label] = name.split('/');
    const kind = head === 'msd_tags' ? 'sigmoid' : 'softmax';
    const row = { analysis_id: id, head, label, position, backbone: 'musicnn', kind, mean: score, trimmed_mean: score };
    insertRow(db, 'score', { ...row, min: score, max: score });
  }
  insertRow(db, 'descriptor', { analysis_id: id, ...track.analyzed });
}

/** The fields of a library whose tracks were analyzed with three heads. */
export const someFields = () =>
  createFields(
    'nom',
    tagKeysOf(
      [
        { head: 'danceability', kind: 'softmax', labels: ['danceable', 'not_danceable'] },
        { head: 'mood_happy', kind: 'softmax', labels: ['happy', 'non_happy'] },
        { head: 'msd_tags', kind: 'sigmoid', labels: ['rock', 'pop', 'electronic', 'jazz', 'sad', 'House'] },
      ],
      { write_alias_keys: false },
    ),
  );

export const queriesOf = createPlaylistQueries;

/** The library that the tracks are in, as others tell of it. */
export const aLibrary = (rootPath = '/music', changes: Partial<PlaylistLibrary> = {}): PlaylistLibrary => ({
  ...{ name: 'Music', root_path: rootPath, writeMode: 'full', keepMtime: false },
  ...changes,
});
