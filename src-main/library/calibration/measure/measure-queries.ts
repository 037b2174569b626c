import type { HeadKind } from '../../../analysis/inference';
import type { Database } from '../../../platform/database';
import { speaksOfMoods } from '../../moods';
import { type Measure, measure } from './measure';
import { NEWEST } from './mood-queries';

/** A label that can be calibrated: of a head whose activations lie in 0…1 and that has something to say of moods. */
export interface CalibratedLabel {
  readonly head: string;
  readonly label: string;
  readonly backbone: string;
  readonly kind: HeadKind;
}

export interface Measurable {
  /** Null when nothing was analyzed yet. */
  readonly analysisVersion: string | null;
  /** Tracks that were analyzed by it. */
  readonly librarySize: number;
  readonly labels: readonly CalibratedLabel[];
}

/** Measures the scores of the library, one label at a time, so that other questions need not wait long. */
export function createMeasureQueries(db: Database) {
  const commonest = db
    .prepare<[], string>(
      `SELECT version ${NEWEST} AND patches > 0 GROUP BY version ORDER BY COUNT(*) DESC, version LIMIT 1`,
    )
    .pluck();
  const size = db.prepare<[string], number>('SELECT COUNT(*) FROM analysis WHERE version = ?').pluck();
  // All analyses of a version with models have the same heads: the version names the models.
  const labels = db.prepare<[string], CalibratedLabel>(`
    SELECT head, label, backbone, kind FROM score
    WHERE analysis_id = (SELECT id FROM analysis WHERE version = ? AND patches > 0 ORDER BY id DESC LIMIT 1)
    ORDER BY head, position`);
  const scores = db
    .prepare<[string, string, string], number>(`
      SELECT trimmed_mean FROM analysis
      CROSS JOIN score ON score.analysis_id = analysis.id AND score.head = ? AND score.label = ?
      WHERE analysis.version = ?`)
    .pluck();

  return {
    /** What there is to measure of an analysis version; without one, of that by which most tracks were analyzed. */
    'calibration.measurable': ({ analysisVersion: asked }: { analysisVersion?: string }): Measurable => {
      const analysisVersion = asked ?? commonest.get();
      if (analysisVersion === undefined) return { analysisVersion: null, librarySize: 0, labels: [] };
      const byHead = Map.groupBy(labels.all(analysisVersion), ({ head }) => head);
      const chosen = [...byHead].filter(([head, rows]) => isCalibrated(head, rows)).flatMap(([, rows]) => rows);
      return { analysisVersion, librarySize: size.get(analysisVersion)!, labels: chosen };
    },
    /** Undefined when no track has a score of this label. */
    'calibration.measure': ({
      analysisVersion,
      head,
      label,
    }: { analysisVersion: string } & Pick<CalibratedLabel, 'head' | 'label'>): Measure | undefined => {
      const found = Float64Array.from(scores.all(head, label, analysisVersion));
      return found.length === 0 ? undefined : measure(found);
    },
  };
}
export type MeasureQueries = ReturnType<typeof createMeasureQueries>;

function isCalibrated(head: string, rows: readonly CalibratedLabel[]): boolean {
  const names = rows.map(({ label }) => label);
  return rows[0].kind !== 'identity' && speaksOfMoods(head, names);
}
