/**
 * Libraries: folders with music. Owns the tables `library`, `scan_folder` and `path_mapping`; finds new, changed, moved
 * and missing files in numbered phases, and says which library a path belongs to, also one that another server wrote.
 */
export { answerLibraries } from './answers';
export { confine, insideOf } from './confine';
export { type Library, librariesContract, type WriteMode } from './contract';
export { createFileChanges, type FileChanges, type FilePlace } from './file-changes';
export { createLibraries, type Libraries, type LibrariesDeps, type LibraryPlace, type ScanChoices } from './libraries';
export { inferRules, type LocalFile, type Proposal, type RemoteFile } from './path-mapping/infer-rules';
export { createMappingQueries } from './path-mapping/mapping-queries';
export {
  answerPathMappings,
  createPathMappings,
  type MappedPath,
  type PathMappings,
} from './path-mapping/path-mappings';
export { below, formatRemote, parseRemote } from './path-mapping/remote-path';
export type { ScanSummary } from './scan/7-finish';
export type { FileReaders } from './scan/read-file';
export type { EnqueueTracks, Queued, RunningScan } from './scans';
