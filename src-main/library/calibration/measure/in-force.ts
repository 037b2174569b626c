import type { Database } from '../../../platform/database';
import { type Calibration, NO_CALIBRATION } from '../../moods';
import { type Range, stretch, weightOf } from './stretch';

export interface LabelRange extends Range {
  readonly head: string;
  readonly label: string;
}

interface RangeRow {
  head: string;
  label: string;
  p5: number;
  p95: number;
  samples: number | null;
}

/** The calibration that measured ranges make. A label is known by its head: two heads may have one of the same name. */
export function calibrationOf(version: string, minSamples: number, ranges: readonly LabelRange[]): Calibration {
  const known = new Map(ranges.map((range) => [keyOf(range.head, range.label), range]));
  return {
    version,
    calibrate(head, label, pooled) {
      const range = known.get(keyOf(head, label));
      return range ? stretch(pooled, range, weightOf(range.samples, minSamples)) : pooled;
    },
  };
}

const keyOf = (head: string, label: string): string => `${head}\n${label}`;

/** Reads calibrations as something that can be applied; each is read once, for none ever changes. */
export function createCalibrationReader(db: Database) {
  const active = db.prepare<[string], number>(
    'SELECT id FROM calibration WHERE analysis_version = ? AND is_active = 1',
  );
  const leastOf = db.prepare<[number], number>('SELECT min_samples FROM calibration WHERE id = ?');
  const ranges = db.prepare<[number], RangeRow>(
    'SELECT head, label, p5, p95, samples FROM calibration_label WHERE calibration_id = ?',
  );
  const read = new Map<number, Calibration>();
  active.pluck();
  leastOf.pluck();

  /** Undefined when there is none of this number. */
  function find(id: number): Calibration | undefined {
    const known = read.get(id);
    if (known) return known;
    const minSamples = leastOf.get(id);
    if (minSamples === undefined) return undefined;
    const calibration = calibrationOf(String(id), minSamples, ranges.all(id));
    read.set(id, calibration);
    return calibration;
  }

  return {
    find,
    /** What is in force for the scores of an analysis version. */
    inForce(analysisVersion: string): Calibration {
      const id = active.get(analysisVersion);
      return (id === undefined ? undefined : find(id)) ?? NO_CALIBRATION;
    },
  };
}
