/** Source: bytes of an audio file by position, and which container they are. */
export { type ByteSource, openByteSource } from './byte-source';
export { AUDIO_EXTENSIONS, adtsFrameLength, type Container, findFrames, type MpegFrame, mpegFrame } from './container';
export { type Probe, probe, probeContainer } from './probe';
