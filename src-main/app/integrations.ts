import { join } from 'node:path';
import { createPlaylists } from '../discovery/playlists';
import { createFileChanges } from '../library/libraries';
import { readInstance } from '../platform/auth';
import { createPathMappings } from '../servers/path-mapping';
import { createConnectionsPart } from './connections';
import type { JobRunnersPart } from './job-runners';
import type { PlatformServices } from './platform-services';

/** What is made for other programs and comes from them: playlists, servers, and where their folders lie here. */
export function createIntegrations(base: PlatformServices, jobs: JobRunnersPart) {
  const { db, paths, reader, events, settings, health, auth, report, secretBox } = base;
  const { readMetadata, readTags, payloadHash } = base.fileReading;
  const { tracks, libraries, safeFiles, queue, writeAnalyzed } = jobs;
  const mappings = createPathMappings({
    ...{ db, events, libraryOf: libraries.libraryOf },
    isKnown: (libraryId, path) =>
      tracks.findByPath(libraryId, path) !== undefined || tracks.listIdsInside(libraryId, path).length > 0,
  });
  const folder = join(paths.data, 'playlists');
  const playlists = createPlaylists({ db, safeFiles, reader, events, settings, libraries, folder });
  safeFiles.register(playlists.fileKind);
  const files = createFileChanges({
    ...{ db, tracks, events, readMetadata, payloadHash },
    moved: jobs.fileMoved,
    getLibrary: libraries.get,
  });
  const connections = createConnectionsPart({
    ...{ db, events, tracks, libraries, settings, readTags, report },
    ...{ playlists: playlists.source, secretBox, health, mappings, queue, keys: auth.keys },
    ...{ files, safeFiles, writer: safeFiles },
    rewrite: (track) => writeAnalyzed(track, { isAutomatic: true }),
    readContained: base.fileReading.readContained,
    listener: () => readInstance(paths.instanceFile) ?? { port: 0, isLan: false },
    filesOfSizes: (sizes) => reader.read('libraries.filesOfSizes', sizes),
  });
  return { mappings, playlists, connections };
}
export type Integrations = ReturnType<typeof createIntegrations>;
