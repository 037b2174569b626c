/** Decode: any supported file as a stream of samples. */
export { type DecodedAudio, openAudio } from './open-audio';
