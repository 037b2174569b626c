/** Calibration: moods judged by what is usual in one's own library. */
export { calibration } from './feature';
