/** Path mapping: where the folders of other servers lie here. Owns the table `path_mapping`. */
export { inferRules, type LocalFile, type Proposal, type RemoteFile } from './infer-rules';
export { createMappingQueries } from './mapping-queries';
export { createPathMappings, type MappedPath, type PathMappings, pathMappingsHandlers } from './path-mappings';
