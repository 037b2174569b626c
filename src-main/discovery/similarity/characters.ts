import { LISTED_COLUMNS, type ListedRow, toTrack } from '../../library/tracks';
import type { Database } from '../../platform/database';
import type { Filters } from './contract';
import { compatibleKeys } from './keys';
import type { Character } from './similarity-score';

/** The filters of a request, and what they mean in comparison with one track. */
export interface Wanted extends Filters {
  readonly keyCompatible?: boolean;
  readonly excludeSameArtist?: boolean;
  readonly excludeSameAlbum?: boolean;
}

interface BoundFilters extends Record<string, number | string | null> {
  library: number | null;
}

/** What is known of tracks besides their sound. */
export function createCharacters(db: Database) {
  const track = db.prepare<[number], ListedRow & { payload_hash: string | null }>(
    `SELECT ${LISTED_COLUMNS}, payload_hash FROM track WHERE id = ?`,
  );
  const moods = db
    .prepare<[number], [string, number]>(
      'SELECT mood, tier FROM track_mood WHERE track_id = ? ORDER BY tier DESC, mood',
    )
    .raw();
  const missing = db.prepare<[], number>('SELECT id FROM track INDEXED BY track_by_added WHERE state & 1').pluck();
  const allowed = db
    .prepare<[BoundFilters], number>(`
    SELECT id FROM track WHERE state & 1 = 0
      AND (@library IS NULL OR library_id = @library)
      AND (@genre IS NULL OR instr(lower(genre), lower(@genre)) > 0)
      AND (@bpmMin IS NULL OR bpm >= @bpmMin) AND (@bpmMax IS NULL OR bpm <= @bpmMax)
      AND (@yearMin IS NULL OR year >= @yearMin) AND (@yearMax IS NULL OR year <= @yearMax)
      AND (@durationMin IS NULL OR duration_ms >= @durationMin * 1000)
      AND (@durationMax IS NULL OR duration_ms <= @durationMax * 1000)
      AND (@keys IS NULL OR musical_key IN (SELECT value FROM json_each(@keys)))
      AND (@notArtist IS NULL OR artist <> @notArtist COLLATE NOCASE)
      AND (@notAlbum IS NULL OR album <> @notAlbum COLLATE NOCASE)
      AND (@mood IS NULL OR EXISTS (
        SELECT 1 FROM track_mood WHERE track_id = track.id AND mood = @mood COLLATE NOCASE))`)
    .pluck();
  return {
    find(id: number): Character | undefined {
      const row = track.get(id);
      if (!row) return undefined;
      const { payload_hash: payloadHash, genre } = row;
      return { track: toTrack(row), payloadHash, moods: new Map(moods.all(id)), genres: genresOf(genre) };
    },
    /** The tracks whose file is gone; an index tells them. */
    missing: (): Set<number> => new Set(missing.all()),
    /** The tracks that a filter lets through; undefined when it asks for nothing. */
    allowed(wanted: Wanted, seed?: Character): Set<number> | undefined {
      const bound: BoundFilters = {
        library: wanted.library ?? null,
        mood: wanted.mood ?? null,
        genre: wanted.genre ?? null,
        bpmMin: wanted.bpmMin ?? null,
        bpmMax: wanted.bpmMax ?? null,
        yearMin: wanted.yearMin ?? null,
        yearMax: wanted.yearMax ?? null,
        durationMin: wanted.durationMin ?? null,
        durationMax: wanted.durationMax ?? null,
        keys: wanted.keyCompatible && seed ? JSON.stringify(compatibleKeys(seed.track.key)) : null,
        // What has no artist or album is not of the same one as anything.
        notArtist: (wanted.excludeSameArtist && seed?.track.artist) || null,
        notAlbum: (wanted.excludeSameAlbum && seed?.track.album) || null,
      };
      const isAsking = Object.values(bound).some((value) => value !== null);
      return isAsking ? new Set(allowed.all(bound)) : undefined;
    },
  };
}
export type Characters = ReturnType<typeof createCharacters>;

const genresOf = (text: string): string[] =>
  text
    .split(/[;,/]/)
    .map((genre) => genre.trim())
    .filter(Boolean);
