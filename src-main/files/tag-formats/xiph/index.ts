/** Xiph: Vorbis comments in FLAC, Ogg Vorbis and Opus. */
export { readFlac } from './flac';
export { readOgg } from './ogg';
export { FIRST, type OggPage, readPage } from './ogg-page';
