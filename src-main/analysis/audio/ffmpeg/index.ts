/** FFmpeg: a second decoder, a program of its own, where it is installed. */
export { decodeByFfmpeg } from './decode';
export { findFfmpeg } from './find';
