/** Ogg: Vorbis, Opus and FLAC in pages, also chained. */
export { decodeOgg } from './ogg';
