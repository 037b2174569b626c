/** ID3: versions 1, 2.2, 2.3 and 2.4. */
export { readId3v1 } from './id3v1';
export { newId3v2, readId3v2 } from './id3v2';
export { id3Header } from './id3v2-header';
export { withoutPictures } from './id3v2-pictures';
