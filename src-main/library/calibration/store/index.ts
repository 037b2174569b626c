/** Calibration versions: kept, generated, compared. Owns the tables `calibration` and `calibration_label`. */
export {
  type CalibrationRepository,
  type CalibrationVersion,
  createCalibrationRepository,
  type MeasuredLabel,
  type NewCalibration,
} from './calibration-repository';
export { driftBetween, type HeadDrift } from './drift';
export { generate } from './generate';
