/** ID3: versions 1, 2.2, 2.3 and 2.4. */
export { genreOfNumber, genresOf, readId3v1 } from './id3v1';
export { newId3v2, readId3v2 } from './id3v2';
export { EXTENDED, id3Header, synchronised, UNSYNCHRONISED } from './id3v2-header';
export { fieldOfFrame, frameSize, textsIn } from './id3v2-text';
