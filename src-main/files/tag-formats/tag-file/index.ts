/** A file as tags and audio: what every format gives and takes. */
export { type Container, containerOf, isNamedFor } from './container';
export type { TagEdit, TagField, TagFile, TagItem } from './tag-file';
export type { StandardField, WantedTags } from './wanted-tags';
