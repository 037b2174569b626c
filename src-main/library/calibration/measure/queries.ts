import type { Database } from '../../../platform/database';
import { createMeasureQueries } from './measure-queries';
import { createMoodQueries } from './mood-queries';
import { createPreviewQueries } from './preview-queries';

/** What the reader thread answers of calibrations. */
export function createCalibrationQueries(db: Database) {
  return { ...createMoodQueries(db), ...createMeasureQueries(db), ...createPreviewQueries(db) };
}
export type CalibrationQueries = ReturnType<typeof createCalibrationQueries>;
