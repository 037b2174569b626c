import { join } from 'node:path';
import { answerAnalytics } from './analytics';
import { AUDIO_EXTENSIONS, probeContainer } from './audio';
import { answerAuth, readInstance } from './auth';
import { answerBackups } from './backups';
import { answerCalibration } from './calibration';
import { createDescribeSelf } from './describe-self';
import { AppError } from './errors';
import type { Foundation } from './foundation';
import { answerHealth } from './health';
import { answerModels } from './inference';
import { answerLibraries, answerPathMappings, type Libraries } from './libraries';
import type { Listening } from './listening';
import { answerNomarr } from './nomarr';
import type { Outside } from './outside';
import { answerPlaylistImport } from './playlists';
import { answerQueue, createResolveTargets, createWaitForJob } from './queue';
import { answerSettings } from './settings';
import { createSimilarity } from './similarity';
import { answerTagging, createDescribeTrack, createRemoveTags, createTakeOver, createUndoableJobs } from './tagging';
import { createTracks } from './tracks';
import { VERSION } from './version';
import type { Work } from './work';

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
