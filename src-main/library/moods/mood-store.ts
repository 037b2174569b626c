import type { Database } from '../../platform/database';
import type { MoodTerm } from './moods';
import type { Tier } from './tiers';

/** The moods of a track and what they were decided from. */
export interface DecidedMoods {
  readonly trackId: number;
  readonly analysisId: number;
  /** When that analysis was stored: its number alone may come again. */
  readonly analyzedAt: string;
  /** The version of the calibration, or `none`. */
  readonly calibration: string;
  readonly terms: readonly MoodTerm[];
}

const LEVEL: Readonly<Record<Tier, number>> = { loose: 1, regular: 2, strict: 3 };

/** The moods as one text, `happy:3,party:1`: the same for the same moods. */
export function moodsText(terms: readonly MoodTerm[]): string {
  return terms
    .map(({ term, tier }) => `${term}:${LEVEL[tier]}`)
    .sort()
    .join(',');
}

/** The decided moods of every analyzed track, as rows to search by. */
export function createMoodStore(db: Database) {
  const newest = db.prepare<[number], { id: number; created_at: string }>(
    'SELECT id, created_at FROM analysis WHERE track_id = ? ORDER BY created_at DESC, id DESC LIMIT 1',
  );
  const before = db.prepare<[number], string>('SELECT moods FROM mood_state WHERE track_id = ?').pluck();
  const forget = db.prepare('DELETE FROM track_mood WHERE track_id = ?');
  const add = db.prepare('INSERT INTO track_mood (track_id, mood, tier) VALUES (?, ?, ?)');
  const note = db.prepare(`
    INSERT INTO mood_state (track_id, analysis_id, heard_at, calibration, moods) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (track_id) DO UPDATE SET analysis_id = excluded.analysis_id, heard_at = excluded.heard_at,
      calibration = excluded.calibration, moods = excluded.moods`);

  /** False when the track was analyzed anew since, and its moods are decided by that analysis. */
  function keepOne({ trackId, analysisId, analyzedAt, calibration, terms }: DecidedMoods): boolean {
    const analyzed = newest.get(trackId);
    if (analyzed?.id !== analysisId || analyzed.created_at !== analyzedAt) return false;
    const text = moodsText(terms);
    if (text !== before.get(trackId)) {
      forget.run(trackId);
      for (const { term, tier } of terms) add.run(trackId, term, LEVEL[tier]);
    }
    note.run(trackId, analysisId, analyzedAt, calibration, text);
    return true;
  }

  return {
    /** Stores all or nothing; tells how many were still wanted. */
    keep: db.transaction((decided: readonly DecidedMoods[]): number => decided.filter(keepOne).length),
  };
}
export type MoodStore = ReturnType<typeof createMoodStore>;
