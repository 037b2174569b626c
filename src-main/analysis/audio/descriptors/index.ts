/**
 * Descriptors: what can be measured in samples without any model. Loudness, true peak and range after EBU R128, tempo
 * and key, each by a published method that its file names. Pure functions of samples, streamed: memory does not grow
 * with the length of the signal, but for 80 bytes a second of audio.
 */
export { createDescriptors, type Descriptors } from './descriptors';
