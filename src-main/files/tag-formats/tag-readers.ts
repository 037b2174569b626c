import type { FileReader } from '../contained-readers';
import { type FileMetadata, readMetadata } from './metadata';
import { payloadHash, readTags } from './read-tags';

/** More than any file of ours holds, and nothing that would be felt. */
const MAX_TAG_BYTES = 16 * 1024 * 1024;
const HALF_AN_HOUR_MS = 30 * 60_000;

/** What a worker reads of audio files: see the functions of the same names. */
export const tagReaders = {
  metadata: { read: readMetadata, pathOf: (path) => path } satisfies FileReader<string, FileMetadata>,
  tags: {
    maxResultBytes: MAX_TAG_BYTES,
    pathOf: ({ path }: { path: string }) => path,
    read: ({ path, namespace, by }: { path: string; namespace: string; by?: 'key' | 'name' }) =>
      readTags(path, namespace, by),
  },
  /** Reads all of a file, which a slow share takes its time for. */
  payloadHash: { read: payloadHash, pathOf: (path: string) => path, timeoutMs: HALF_AN_HOUR_MS },
};
