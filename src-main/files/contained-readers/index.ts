/**
 * Contained readers: what others have written is read in a process of its own, which may crash, hang or eat memory; the
 * application gets short results or a reason. Owns no tables.
 */
export { createFileReaders, READER_FLAGS } from './file-readers';
export { READER_KIND } from './protocol';
export type { FileReader, ReaderSet } from './reader-set';
export { serveReaders } from './serve-readers';
