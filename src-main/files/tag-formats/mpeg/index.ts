/** Audio between tags: MPEG frames, Monkey's Audio, Musepack and WavPack with ID3 before and APEv2 or ID3v1 behind. */
export { readApeLike } from './ape';
export { type AroundAudio, findAroundAudio, type TagRegion } from './around-audio';
export { carriedText, firstOfEach } from './carried';
export { readMpeg } from './mpeg';
export { type FrameKind, findFirstFrame, findFrames, frameAt } from './mpeg-frames';
