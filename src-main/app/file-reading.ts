import { createFileReaders } from '../files/contained-readers';
import type { WantedTags } from '../files/tag-formats';
import type { WorkerHost } from '../platform/worker-process';
import { FILE_READERS } from './file-reader-set';

/** The functions that read what others have written, each done in the worker. */
export function createFileReading(host: WorkerHost) {
  const { read, stop } = createFileReaders({ host, readers: FILE_READERS });
  return {
    readMetadata: (path: string) => read('metadata', path),
    readTags: (path: string, namespace: string) => read('tags', { path, namespace }),
    payloadHash: (path: string) => read('payloadHash', path),
    planTags: (path: string, wanted: WantedTags) => read('tagPlan', { path, wanted }),
    readPlaylist: (name: string, content: string | Uint8Array) => read('playlist', { name, content }),
    /** For those who know their reader by its name alone. */
    readContained: <O>(reader: string, input: object) => read(reader as never, input as never) as Promise<O>,
    stop,
  };
}
