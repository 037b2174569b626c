import { join } from 'node:path';
import { createAnalysisRepository } from '../analysis/inference';
import { createSafeFiles } from '../files/safe-files';
import type { Queue } from '../jobs/queue';
import { createCalibration } from '../library/calibration';
import type { Libraries } from '../library/libraries';
import {
  AUDIO,
  createAfterUndo,
  createAttempts,
  createEnsureTrack,
  createIsAnalysisCurrent,
  createRewrite,
  createTagJob,
  createTagStates,
  createTagWriter,
  createWriteAnalyzed,
  createWriteTrack,
} from '../library/tagging';
import { createTrackRepository, type StoredTrack } from '../library/tracks';
import type { AnalysisService } from './analysis-service';
import type { PlatformServices } from './platform-services';

/** What is made after the pipeline and used by it: files are in libraries, and are written by jobs. */
interface MadeLater {
  readonly libraries: () => Libraries;
  readonly queue: () => Queue;
}

/** From the analysis of a track to the tags in its file. */
export function createTagPipeline(
  base: PlatformServices,
  { pool, usable, version }: AnalysisService,
  { libraries, queue }: MadeLater,
) {
  const { db, paths, reader, events, settings, report } = base;
  const { readMetadata, readTags, payloadHash, planTags } = base.fileReading;
  const tracks = createTrackRepository(db);
  const analyses = createAnalysisRepository(db);
  const safeFiles = createSafeFiles({
    ...{ db, report },
    libraryIdOf: (path) => libraries().idAt(path),
    written: (path) => events.emit('file.written', { path }),
  });
  const writer = createTagWriter(safeFiles, planTags);
  const rewrite = createRewrite({ reader, settings, enqueue: (request) => queue().enqueue(request) });
  const calibrations = createCalibration({
    ...{ db, reader, events, settings, rewrite: rewrite.enqueue, queue, models: usable },
    folder: join(paths.models, 'calibration'),
  });
  const { inForce: calibration, moods } = calibrations;
  const tagStates = createTagStates(db);
  const undone = createAfterUndo({ tracks, analyses, files: safeFiles, readTags, tagStates, settings, events });
  safeFiles.register({ ...AUDIO, undone });
  const libraryOf = ({ libraryId }: StoredTrack) => libraries().get(libraryId);
  const intoFiles = { tracks, analyses, writer, readTags, settings, events, libraryOf, calibration, tagStates };
  const writeTrack = createWriteTrack(intoFiles);
  const isAnalysisCurrent = createIsAnalysisCurrent({ analyses, payloadHash });
  const writeAnalyzed = createWriteAnalyzed({ analyses, writeTrack, isAnalysisCurrent });
  const ensureTrack = createEnsureTrack({
    ...{ tracks, readMetadata, payloadHash },
    libraryOf: (path) => libraries().libraryOf(path),
  });
  const attempts = createAttempts({ tracks, version, settings });
  events.on('settings.changed', ({ names }) => {
    const isChanged = names.includes('min_duration_s') && attempts.leastChanged() > 0;
    if (isChanged) events.emit('tracks.changed', { ids: [] });
  });
  const tagJob = createTagJob({
    ...{ attempts, tracks, analyses, pool, settings, events, version, ensureTrack, writeTrack, payloadHash },
    ...{ calibration, moods },
    isOnline: (id) => libraries().isOnline(id),
    writeModeOf: (id) => libraries().get(id).writeMode,
  });
  return {
    ...{
      tracks,
      analyses,
      safeFiles,
      writer,
      rewrite,
      calibrations,
      moods,
      tagStates,
      intoFiles,
      writeAnalyzed,
      isAnalysisCurrent,
      ensureTrack,
    },
    ...{ attempts, tagJob },
  };
}
export type TagPipeline = ReturnType<typeof createTagPipeline>;
