/** Calibration files: export, import and download of calibrations as JSON. Owns no tables. */
export { type CalibrationFile, filesOf, modelOf } from './export-files';
export { analysisVersionIn, type GivenFile, readFiles } from './import-files';
export { saveFiles } from './save-files';
