/**
 * Tag formats: reads and edits the tags of every container as splices of bytes, hashes the audio between them, and
 * reads the metadata of a file. Owns no tables.
 */
export { readMetadata } from './metadata';
export { countNomarrKeys, describeNomarr, isNomarrKey, NOMARR_NAMESPACE, type NomarrScore } from './nomarr';
export { openTags } from './open-tags';
export { keyInName, PROVENANCE_KEY, prefixOf, SEPARATORS, type Separator } from './our-names';
export { editFor } from './our-tags';
export { payloadHash, payloadHashOf, readTags } from './read-tags';
export {
  type Container,
  isNamedFor,
  type StandardField,
  type TagFile,
  type WantedTags,
} from './tag-file';
export { tagReaders } from './tag-readers';
export type { TrackMetadata } from './track-metadata';
