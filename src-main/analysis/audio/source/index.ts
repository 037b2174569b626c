/** Source: bytes of an audio file by position, and which container they are. */
export { type ByteSource, openByteSource } from './byte-source';
export { AUDIO_EXTENSIONS, type Container, findFrames } from './container';
export {
  AAC_RATES,
  adtsFrame,
  adtsFrameLength,
  type FrameHeader,
  type MpegFrame,
  mpegFrame,
  mpegFrameLength,
} from './mpeg-frame';
export { statedLength } from './mpeg-length';
export { type Probe, probe, probeContainer } from './probe';
