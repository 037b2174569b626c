import type { HeadKind, HeadScores, StoredScore } from '../../../analysis/inference';
import type { Database } from '../../../platform/database';
import { type DecidedMoods, decideMoods, speaksOfMoods } from '../../moods';
import { createCalibrationReader } from './in-force';

interface DueRow {
  track_id: number;
  id: number;
  version: string;
  created_at: string;
}
interface ScoreRow extends Omit<StoredScore, 'trimmedMean'> {
  analysis_id: number;
  trimmed_mean: number;
}

/** The newest analysis of each track. */
export const NEWEST = `
  FROM analysis WHERE NOT EXISTS (
    SELECT 1 FROM analysis AS later
    WHERE later.track_id = analysis.track_id AND (later.created_at, later.id) > (analysis.created_at, analysis.id))`;

/** Moods that were decided from something else than what holds now, or never. */
const IS_DUE = `
  AND NOT EXISTS (
    SELECT 1 FROM mood_state
    WHERE mood_state.track_id = analysis.track_id AND mood_state.analysis_id = analysis.id
      AND mood_state.heard_at = analysis.created_at
      AND mood_state.calibration = COALESCE(
        (SELECT CAST(calibration.id AS TEXT) FROM calibration
         WHERE calibration.analysis_version = analysis.version AND is_active = 1), 'none'))`;

/** Decides moods anew from the stored scores. */
export function createMoodQueries(db: Database) {
  const calibrations = createCalibrationReader(db);
  const headsOf = createReadHeads(db);
  const countDue = db.prepare<[], number>(`SELECT COUNT(*) ${NEWEST} ${IS_DUE}`).pluck();
  const due = db.prepare<[number, number], DueRow>(`
    SELECT track_id, id, version, created_at ${NEWEST} ${IS_DUE} AND track_id > ? ORDER BY track_id LIMIT ?`);

  return {
    /** How many analyzed tracks have moods that were decided under something else than what is in force. */
    'calibration.countDue': (_: Record<string, never>): number => countDue.get()!,
    /** The moods of the next of them as they should be; none when all are as they should be. */
    'calibration.decideDue': ({ after, limit }: { after: number; limit: number }): DecidedMoods[] => {
      const rows = due.all(after, limit);
      const heads = headsOf(rows);
      return rows.map(({ track_id, id, version, created_at }) => {
        const calibration = calibrations.inForce(version);
        const terms = decideMoods(heads(id), calibration.calibrate);
        return { trackId: track_id, analysisId: id, analyzedAt: created_at, calibration: calibration.version, terms };
      });
    },
  };
}

export type MoodQueries = ReturnType<typeof createMoodQueries>;

/** Which analysis to read, and what it was made by. */
export interface AnalysisToRead {
  readonly id: number;
  readonly version: string;
}

/** Reads the heads of many analyses at once, leaving out the large ones that have nothing to say of moods. */
export function createReadHeads(db: Database) {
  const labels = db.prepare<[string], { head: string; label: string; kind: HeadKind }>(`
    SELECT head, label, kind FROM score
    WHERE analysis_id = (SELECT id FROM analysis WHERE version = ? ORDER BY id DESC LIMIT 1)`);
  const scores = db.prepare<[string, string], ScoreRow>(`
    SELECT analysis_id, head, label, backbone, kind, mean, trimmed_mean, std, min, max FROM score
    WHERE analysis_id IN (SELECT value FROM json_each(?)) AND head NOT IN (SELECT value FROM json_each(?))
    ORDER BY analysis_id, head, position`);

  /** By what the last analysis of a version has; a head that is missing there is read, so that none is lost. */
  function withoutMoods(version: string): string[] {
    const byHead = [...Map.groupBy(labels.all(version), ({ head }) => head)];
    return byHead.flatMap(([head, rows]) =>
      rows[0].kind === 'identity' || speaksOfMoods(head, labelsOf(rows)) ? [] : [head],
    );
  }

  return function readHeads(analyses: readonly AnalysisToRead[]): (id: number) => HeadScores[] {
    const passedOver = [...new Set(analyses.map(({ version }) => version))].flatMap(withoutMoods);
    const ids = JSON.stringify(analyses.map(({ id }) => id));
    const byAnalysis = Map.groupBy(scores.all(ids, JSON.stringify(passedOver)), (row) => row.analysis_id);
    return (id) => toHeads(byAnalysis.get(id) ?? []);
  };
}

const labelsOf = (rows: readonly { label: string }[]): string[] => rows.map(({ label }) => label);

function toHeads(rows: readonly ScoreRow[]): HeadScores[] {
  return [...Map.groupBy(rows, ({ head }) => head)].map(([head, labels]): HeadScores => {
    const { backbone, kind } = labels[0];
    const scores = labels.map(({ label, mean, trimmed_mean, std, min, max }) => {
      return { label, mean, trimmedMean: trimmed_mean, std, min, max };
    });
    return { head, backbone, kind, scores };
  });
}
