/** File stamps: how a file looked, by which it is noticed cheaply that it is another one now. Owns no tables. */
export { type FileStamp, findStamp, getStamp, isSameStamp, type KnownStamp, knownStamp, stampOf } from './file-stamp';
