/**
 * Calibration: what is high for a score in this library and not elsewhere. Measures where the scores of each label lie,
 * keeps every measuring as a version, and decides the moods of all tracks by the one in force, without analyzing again.
 */

export { calibrateJobKind } from './calibrate-job';
export { createCalibration } from './calibration';

export { calibrationHandlers } from './handlers';
export { createCalibrationQueries } from './measure';
