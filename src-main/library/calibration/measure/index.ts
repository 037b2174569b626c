/**
 * Measuring: distributions of raw scores and what a calibration makes of them, asked in the reader thread. Owns no
 * tables.
 */
export { createCalibrationReader } from './in-force';
export type { Measure } from './measure';
export type { CalibratedLabel, MeasureQueries } from './measure-queries';
export type { MoodQueries } from './mood-queries';
export type { ChangedTrack, PreviewQueries, PreviewQuestion } from './preview-queries';
export { type CalibrationQueries, createCalibrationQueries } from './queries';
export { LEAST_SAMPLES, weightOf } from './stretch';
