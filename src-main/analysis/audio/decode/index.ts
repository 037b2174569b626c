/** Decode: any supported file as a stream of samples. */
export { openAudio } from './open-audio';
