/** Database. */
export type { Track } from '../../library/tracks';
