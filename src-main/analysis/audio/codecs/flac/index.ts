/** FLAC: its frames, found and decoded, in a file of their own or in Ogg. */
export { decodeFlacRuns } from './decode-runs';
export { decodeFlac, layoutOfComments } from './flac';
export { isWholeFlacFrame, readFlacFrame } from './flac-frame';
export type { FlacRun } from './flac-frames';
export { readStreamInfo, type StreamInfo } from './stream-info';
