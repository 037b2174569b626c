import { join } from 'node:path';
import { AUDIO_EXTENSIONS, probeContainer } from '../analysis/audio';
import { answerModels } from '../analysis/inference';
import { answerNomarr } from '../compat/nomarr';
import { answerAnalytics } from '../discovery/analytics';
import { answerPlaylistImport } from '../discovery/playlists';
import { createSimilarity } from '../discovery/similarity';
import { answerQueue, createResolveTargets, createWaitForJob } from '../jobs/queue';
import { answerCalibration } from '../library/calibration';
import { answerLibraries, type Libraries } from '../library/libraries';
import {
  answerTagging,
  createDescribeTrack,
  createRemoveTags,
  createTakeOver,
  createUndoableJobs,
} from '../library/tagging';
import { createTracks } from '../library/tracks';
import { answerAuth, readInstance } from '../platform/auth';
import { answerBackups } from '../platform/backups';
import { answerHealth } from '../platform/health';
import { VERSION } from '../platform/paths';
import { answerSettings } from '../platform/settings';
import { AppError } from '../rpc';
import { answerPathMappings } from '../servers/path-mapping';
import type { Listening } from './analysis-service';
import type { Outside } from './integrations';
import type { Work } from './job-runners';
import type { Foundation } from './platform-services';
import { createDescribeSelf } from './system-info';

interface Parts {
  readonly base: Foundation;
  readonly listening: Listening;
  readonly work: Work;
  readonly outside: Outside;
}

/** Who answers which part of the contract. */
export function createAnswers({ base, listening, work, outside }: Parts) {
  const { db, paths, restart, reader, events, settings, auth, health, backups } = base;
  const { models, pool, version } = listening;
  const { tracks, analyses, libraries, queue } = work;
  const { playlists, connections, mappings } = outside;
  const port = () => readInstance(paths.instanceFile)?.port ?? 0;
  const queueAnswers = askQueue(base, work);
  return {
    health: answerHealth(health, VERSION, createDescribeSelf({ queue, settings, models, pool, events, paths, port })),
    auth: answerAuth(auth),
    libraries: answerLibraries(libraries, tracks),
    tracks: createTracks(tracks, createDescribeTrack({ ...work.intoFiles, version })),
    queue: queueAnswers,
    tagging: askTagging(base, work),
    verification: work.verify.answers,
    models: answerModels(models),
    calibration: answerCalibration(work.calibrations),
    analytics: answerAnalytics({ reader, settings, version }),
    similarity: createSimilarity({ reader, tracks, analyses, libraries, version }),
    playlists: playlists.answers,
    playlistImport: answerPlaylistImport({ db, reader, tracks, savePlaylist: playlists.addStatic }),
    settings: answerSettings(settings),
    backups: answerBackups(backups),
    ...connections.answers,
    pathMappings: answerPathMappings(mappings),
    nomarr: answerNomarr({ queue, askQueue: queueAnswers, libraries, models, settings, auth, paths, port, restart }),
  };
}

function askQueue({ db, events, settings }: Foundation, { tracks, libraries, queue }: Work) {
  const resolveTargets = createResolveTargets({
    libraryOf: libraries.libraryOf,
    findTrack: tracks.findByPath,
    audioExtensions: AUDIO_EXTENSIONS,
    probeContainer,
  });
  const waitFor = createWaitForJob({ queue, events, settings });
  return answerQueue({ queue, resolveTargets, undoable: createUndoableJobs(db), settings, waitFor });
}

function askTagging({ settings, events, report }: Foundation, work: Work) {
  const { tracks, analyses, writer, writeHeard, rewrite, tagStates, ensureTrack, intoFiles, moods } = work;
  return answerTagging({
    removeTags: createRemoveTags({ ...intoFiles, ensureTrack }),
    takeOver: createTakeOver({ ...intoFiles, moods, ensureTrack, checkLibrary: work.libraries.get }),
    ...{ tracks, analyses, writer, writeHeard, rewrite, tagStates, settings, events, report },
    confine: confineTo(work.libraries),
    jobsOfBatch: work.queue.views.listIdsInBatch,
  });
}

const confineTo =
  (libraries: Libraries) =>
  async (path: string): Promise<string> => {
    const place = await libraries.libraryOf(path);
    if (!place) throw new AppError('outside_library', `${path} is not inside any library.`);
    return join(place.library.root_path, place.path);
  };
