/** A file as tags and audio: what every format gives and takes. */
export { CONTAINERS, type Container, containerOf, isNamedFor } from './container';
export type { TagEdit, TagField, TagFile, TagItem } from './tag-file';
export { STANDARD_FIELDS, type StandardField, type WantedTags } from './wanted-tags';
