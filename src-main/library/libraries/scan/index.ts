/**
 * Scan: walks a library in numbered phases and brings its tracks up to date. Writes through the repositories of tracks
 * and libraries.
 */
export { preflight } from './1-preflight';
export { walk } from './2-walk';
export { compare, emptyComparison } from './3-compare';
export { type FileToRead, readTags } from './5-read-tags';
export { type ScanSummary, settle } from './7-finish';
export { type ListFolder, listFolder, placeShown } from './entries';
export { type FileMoved, notifyMoves } from './file-moved';
export { ignoring, type WhyIgnored } from './ignored';
export { createProgress, type Progress } from './progress';
export { type FileReaders, lookInto } from './read-file';
export { type ScanDeps, type ScanRequest, type ScanResult, scan } from './scan';
export type { ScanRegion } from './scope';
