import type { PlaylistEncoding } from '../discovery/playlists/import/contract';
import { createFileReaders } from '../files/contained-readers';
import type { WantedTags } from '../files/tag-formats';
import type { WrittenFile } from '../files/verify';
import type { ReadAccess, WorkerHost } from '../platform/worker-process';
import { FILE_READERS } from './file-reader-set';

/** The functions that read what others have written, each done in the worker. */
export function createFileReading(host: WorkerHost, access?: ReadAccess) {
  const { read, stop } = createFileReaders({ host, access, readers: FILE_READERS });
  return {
    readMetadata: (path: string) => read('metadata', path),
    readTags: (path: string, namespace: string, by?: 'key' | 'name') => read('tags', { path, namespace, by }),
    payloadHash: (path: string) => read('payloadHash', path),
    planTags: (path: string, wanted: WantedTags) => read('tagPlan', { path, wanted }),
    judgeWritten: (file: WrittenFile, options: { readonly signal?: AbortSignal }) =>
      read('judgeWritten', file, options),
    readPlaylist: (name: string, content: string | Uint8Array, encoding?: PlaylistEncoding) =>
      read('playlist', { name, content, encoding }),
    /** For those who know their reader by its name alone. */
    readContained: <O>(reader: string, input: object) => read(reader as never, input as never) as Promise<O>,
    stop,
  };
}
