import { join } from 'node:path';
import { AUDIO_EXTENSIONS, probeContainer } from '../analysis/audio';
import { modelsHandlers } from '../analysis/inference';
import { nomarrHandlers } from '../compat/nomarr';
import { analyticsHandlers } from '../discovery/analytics';
import { playlistImportHandlers } from '../discovery/playlists';
import { createSimilarity } from '../discovery/similarity';
import { createResolveTargets, createShowJobs, createWaitForJob, queueHandlers } from '../jobs/queue';
import { calibrationHandlers } from '../library/calibration';
import { type Libraries, librariesHandlers } from '../library/libraries';
import {
  createDescribeTrack,
  createRemoveTags,
  createTagRequest,
  createTakeOver,
  createUndoableJobs,
  createUndoWrites,
  createWhyPassed,
  taggingHandlers,
  writePlansHandlers,
} from '../library/tagging';
import { createTracks } from '../library/tracks';
import { auditHandlers } from '../platform/audit';
import { authHandlers, readInstance } from '../platform/auth';
import { backupsHandlers } from '../platform/backups';
import { healthHandlers } from '../platform/health';
import { VERSION } from '../platform/paths';
import { settingsHandlers } from '../platform/settings';
import { AppError } from '../rpc';
import { pathMappingsHandlers } from '../servers/path-mapping';
import type { AnalysisService } from './analysis-service';
import { SETTINGS } from './contract';
import type { Integrations } from './integrations';
import type { JobRunnersPart } from './job-runners';
import type { PlatformServices } from './platform-services';
import { createSystemInfo } from './system-info';

interface Parts {
  readonly base: PlatformServices;
  readonly analysis: AnalysisService;
  readonly jobs: JobRunnersPart;
  readonly integrations: Integrations;
}

/** Who answers which part of the contract. */
export function createHandlers({ base, analysis, jobs, integrations }: Parts) {
  const { db, paths, restart, reader, events, settings, auth, health, backups } = base;
  const { models, pool, version } = analysis;
  const { tracks, analyses, libraries, queue } = jobs;
  const { playlists, connections, mappings } = integrations;
  const port = () => readInstance(paths.instanceFile)?.port ?? 0;
  const queueHandlers = askQueue(base, jobs, version);
  return {
    health: healthHandlers(health, VERSION, createSystemInfo({ queue, settings, models, pool, events, paths, port })),
    audit: auditHandlers(paths.auditLog),
    auth: authHandlers(auth),
    libraries: librariesHandlers(libraries, tracks),
    tracks: createTracks(tracks, reader, createDescribeTrack({ ...jobs.intoFiles, files: jobs.safeFiles, version })),
    queue: queueHandlers,
    tagging: askTagging(base, jobs),
    writePlans: writePlansHandlers(jobs.writePlans),
    verification: jobs.verify.handlers,
    models: modelsHandlers(models),
    calibration: calibrationHandlers(jobs.calibrations),
    analytics: analyticsHandlers({ reader, settings, version }),
    similarity: createSimilarity({ reader, tracks, analyses, libraries, version }),
    playlists: playlists.handlers,
    playlistImport: playlistImportHandlers({
      ...{ db, reader, tracks, readPlaylist: base.fileReading.readPlaylist, savePlaylist: playlists.addStatic },
    }),
    settings: settingsHandlers(settings, SETTINGS),
    backups: backupsHandlers(backups, base.audit),
    ...connections.handlers,
    pathMappings: pathMappingsHandlers(mappings),
    nomarr: nomarrHandlers({
      queue,
      askQueue: queueHandlers,
      libraries,
      models,
      settings,
      settingDefinitions: SETTINGS,
      auth,
      paths,
      port,
      restart,
    }),
  };
}

function askQueue({ db, events, settings }: PlatformServices, jobs: JobRunnersPart, version: () => string) {
  const { tracks, analyses, tagStates, attempts, libraries, queue } = jobs;
  const resolveTargets = createResolveTargets({
    libraryOf: libraries.libraryOf,
    findTrack: tracks.findByPath,
    audioExtensions: AUDIO_EXTENSIONS,
    probeContainer,
  });
  const waitFor = createWaitForJob({ queue, events, settings });
  const undoable = createUndoableJobs(db);
  const show = createShowJobs({ queue, undoable });
  const whyPassed = createWhyPassed({
    ...{ tracks, analyses, tagStates, settings, version },
    knownFailures: attempts.knownFailures,
    writeModeOf: (id) => libraries.get(id).writeMode,
  });
  const mayWrite = (id: number) => libraries.get(id).autoWrite;
  const tag = createTagRequest({ queue, resolveTargets, whyPassed, settings, waitFor, show, mayWrite });
  return queueHandlers({ queue, show, undoable, tag });
}

function askTagging({ settings, fileReading: { readTags } }: PlatformServices, jobs: JobRunnersPart) {
  const { tracks, safeFiles, writeAnalyzed, rewrite, ensureTrack, intoFiles, moods } = jobs;
  return taggingHandlers({
    removeTags: createRemoveTags({ ...intoFiles, ensureTrack }),
    takeOver: createTakeOver({ ...intoFiles, moods, ensureTrack, checkLibrary: jobs.libraries.get }),
    undo: createUndoWrites({ files: safeFiles, jobsOfBatch: jobs.queue.views.listWritingIds }),
    ...{ tracks, readTags, writeAnalyzed, rewrite, settings },
    confine: confineTo(jobs.libraries),
  });
}

const confineTo =
  (libraries: Libraries) =>
  async (path: string): Promise<string> => {
    const place = await libraries.libraryOf(path);
    if (!place) throw new AppError('outside_library', `${path} is not inside any library.`);
    return join(place.library.root_path, place.path);
  };
