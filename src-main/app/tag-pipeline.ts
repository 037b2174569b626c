import { join } from 'node:path';
import { createAnalysisRepository } from '../analysis/inference';
import { payloadHash } from '../files/tag-formats';
import type { Queue } from '../jobs/queue';
import { createCalibration } from '../library/calibration';
import type { Libraries } from '../library/libraries';
import {
  createAttempts,
  createEnsureTrack,
  createRewrite,
  createStillHolds,
  createTagJob,
  createTagStates,
  createTagWriter,
  createWriteHeard,
  createWriteTrack,
} from '../library/tagging';
import { createTrackRepository, type StoredTrack } from '../library/tracks';
import type { Listening } from './analysis-service';
import type { Foundation } from './platform-services';

/** What comes after it and that it asks all the same: files are in libraries, and are written by jobs. */
interface Later {
  readonly libraries: () => Libraries;
  readonly queue: () => Queue;
}

/** From what was heard in a track to the tags in its file. */
export function createWriting(base: Foundation, { pool, usable, version }: Listening, { libraries, queue }: Later) {
  const { db, paths, reader, events, settings } = base;
  const tracks = createTrackRepository(db);
  const analyses = createAnalysisRepository(db);
  const writer = createTagWriter({ db, written: (path) => events.emit('file.written', { path }) });
  const rewrite = createRewrite({ reader, settings, enqueue: (request) => queue().enqueue(request) });
  const calibrations = createCalibration({
    ...{ db, reader, events, settings, rewrite: rewrite.enqueue, queue, models: usable },
    folder: join(paths.models, 'calibration'),
  });
  const { inForce: calibration, moods } = calibrations;
  const tagStates = createTagStates(db);
  const libraryOf = ({ libraryId }: StoredTrack) => libraries().get(libraryId);
  const intoFiles = { tracks, analyses, writer, settings, events, libraryOf, calibration, tagStates };
  const writeTrack = createWriteTrack(intoFiles);
  const stillHolds = createStillHolds({ analyses, payloadHash });
  const writeHeard = createWriteHeard({ analyses, writeTrack, stillHolds });
  const ensureTrack = createEnsureTrack({ tracks, libraryOf: (path) => libraries().libraryOf(path) });
  const attempts = createAttempts({ tracks, version, settings });
  const tagJob = createTagJob({
    ...{ attempts, tracks, analyses, pool, settings, events, version, ensureTrack, writeTrack, payloadHash },
    ...{ calibration, moods },
    isOnline: (id) => libraries().isOnline(id),
  });
  return {
    ...{ tracks, analyses, writer, rewrite, calibrations, moods, tagStates, intoFiles, writeHeard, ensureTrack },
    ...{ attempts, tagJob },
  };
}
export type Writing = ReturnType<typeof createWriting>;
