/** Chunked containers: WAV, AIFF and DSF, whose tags are ID3 in a chunk beside fields of their own. */
export { chunksIn, type Order } from './chunk-places';
export { readDsf } from './dsf';
export { readAiff, readWav } from './iff';
