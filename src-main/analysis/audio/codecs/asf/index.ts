/** ASF: Windows Media, of whose streams one is decoded. */
export { decodeWma } from './wma';
