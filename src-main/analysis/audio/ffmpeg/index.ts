/** FFmpeg: a second decoder, a program of its own, where it is installed. */
export { canBeginByFfmpeg, decodeByFfmpeg } from './decode';
export { type Ffmpeg, findFfmpeg } from './find';
