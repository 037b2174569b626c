/** PCM: samples as they lie in WAV, Wave64 and AIFF. */
export { decodeAiff } from './aiff';
export { decodeWav } from './wav';
