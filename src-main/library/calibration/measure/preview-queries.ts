import type { Database } from '../../../platform/database';
import { decideMoods, type MoodTerm, NO_CALIBRATION } from '../../moods';
import { createCalibrationReader } from './in-force';
import { type AnalysisToRead, createReadHeads, NEWEST } from './mood-queries';

export interface PreviewQuestion {
  /** What would be in force; null for none. */
  readonly calibrationId: number | null;
  readonly analysisVersion: string;
  /** Tracks with a higher number are looked at, this many. */
  readonly after: number;
  readonly limit: number;
}

/** A track whose moods would be others. */
export interface ChangedTrack {
  readonly trackId: number;
  readonly title: string;
  readonly artist: string;
  /** Whether a file of it would be written. */
  readonly isWritten: boolean;
  readonly before: readonly MoodTerm[];
  readonly after: readonly MoodTerm[];
}

export interface PreviewChunk {
  /** Null when there are no more. */
  readonly last: number | null;
  readonly tracks: number;
  /** How many tracks have a mood now, by mood. */
  readonly before: Readonly<Record<string, number>>;
  readonly changed: readonly ChangedTrack[];
}

interface AnalysisRow extends AnalysisToRead {
  track_id: number;
}
interface TrackRow {
  title: string;
  artist: string;
  is_written: 0 | 1;
}

/** Tells what a calibration would change, and changes nothing. */
export function createPreviewQueries(db: Database) {
  const calibrations = createCalibrationReader(db);
  const headsOf = createReadHeads(db);
  const next = db.prepare<[string, number, number], AnalysisRow>(`
    SELECT track_id, id, version ${NEWEST} AND version = ? AND track_id > ? ORDER BY track_id LIMIT ?`);
  const trackOf = db.prepare<[number], TrackRow>(`
    SELECT title, artist, write_mode <> 'none' AND never_touch = 0 AND missing_since IS NULL AND path_bytes IS NULL
      AND tagged_at IS NOT NULL AS is_written
    FROM track JOIN library ON library.id = library_id WHERE track.id = ?`);

  return {
    'calibration.preview': ({ calibrationId, analysisVersion, after, limit }: PreviewQuestion): PreviewChunk => {
      const now = calibrations.inForce(analysisVersion);
      const then = (calibrationId === null ? undefined : calibrations.find(calibrationId)) ?? NO_CALIBRATION;
      const rows = next.all(analysisVersion, after, limit);
      const heads = headsOf(rows);
      const before: Record<string, number> = {};
      const changed: ChangedTrack[] = [];
      for (const { track_id, id } of rows) {
        const analyzed = heads(id);
        const [was, would] = [decideMoods(analyzed, now.calibrate), decideMoods(analyzed, then.calibrate)];
        for (const { term } of was) before[term] = (before[term] ?? 0) + 1;
        if (isSame(was, would)) continue;
        const { title, artist, is_written } = trackOf.get(track_id)!;
        changed.push({ trackId: track_id, title, artist, isWritten: is_written === 1, before: was, after: would });
      }
      return { last: rows.at(-1)?.track_id ?? null, tracks: rows.length, before, changed };
    },
  };
}
export type PreviewQueries = ReturnType<typeof createPreviewQueries>;

/** Both sorted by term. */
function isSame(a: readonly MoodTerm[], b: readonly MoodTerm[]): boolean {
  return a.length === b.length && a.every(({ term, tier }, i) => term === b[i].term && tier === b[i].tier);
}
