/** MP4 and QuickTime: their boxes, samples and edits, and the codecs in them. */
export { aacLayout } from './aac-layout';
export { decodeM4a, silence } from './m4a';
