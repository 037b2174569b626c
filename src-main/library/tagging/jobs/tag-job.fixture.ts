import { join } from 'node:path';
import { anAnalysis } from '../../../../test/support/analysis';
import { aScheduler } from '../../../../test/support/scheduler';
import { putTone, temporaryFolder } from '../../../../test/support/small-music';
import { type Analysis, type AnalyzeJob, createAnalysisRepository } from '../../../analysis/inference';
import { EVENTS, SETTINGS } from '../../../app/contract';
import { createSafeFiles } from '../../../files/safe-files';
import { readMetadata } from '../../../files/tag-formats/metadata';
import { payloadHash, readTags } from '../../../files/tag-formats/read-tags';
import type { Job, JobContext, JobRequest } from '../../../jobs/queue';
import { openDatabase, readHere } from '../../../platform/database';
import { createEventBus } from '../../../platform/events';
import { createSettings } from '../../../platform/settings';
import { createLibraries, type EnqueueTracks } from '../../libraries';
import { createMoodStore } from '../../moods/mood-store';
import { createTrackRepository } from '../../tracks';
import { createTakeOver } from '../adopt-nomarr-tags';
import { createAfterUndo } from '../after-undo';
import { createDescribeTrack } from '../describe-track';
import { taggingHandlers } from '../handlers';
import { createUndoWrites } from '../undo-writes';
import { AUDIO } from '../write/audio-kind';
import { createEnsureTrack } from '../write/ensure-track';
import { createRemoveTags } from '../write/remove-tags';
import { createIsAnalysisCurrent } from '../write/stored-analysis';
import { createTagWriter, planTags } from '../write/tag-writer';
import { createUndoableJobs } from '../write/undoable-jobs';
import { createTagStates } from '../write/write-fingerprints';
import { createWriteTrack } from '../write/write-track';
import { createAttempts } from './failed-attempts';
import { createRewrite } from './rewrite';
import { createStaleQueries } from './stale-queries';
import { createTagJob } from './tag-job';
import { createWriteAnalyzed, createWriteJob } from './write-job';

/** A library with one real song, and all that tags it but the inference, whose answer a test gives. */
export async function aTaggedLibrary(
  analyze: (job: AnalyzeJob) => Promise<Analysis> = async () => anAnalysis(),
  report = (thrown: unknown): unknown => {
    throw thrown;
  },
  written?: (path: string) => void,
) {
  const folder = temporaryFolder('tag-job');
  const song = join(folder.path, 'album', 'song.mp3');
  putTone(song, 440, { title: 'A song', artist: 'Someone' });
  const db = openDatabase(':memory:');
  const events = createEventBus(EVENTS);
  const settings = createSettings(db, events, SETTINGS);
  const tracks = createTrackRepository(db);
  const queued: { ids: readonly number[]; passed: Readonly<Record<string, number>> }[] = [];
  const enqueueTracks: EnqueueTracks = (ids, { passed }) => {
    queued.push({ ids, passed });
    return { queued: ids.length, jobIds: [] };
  };
  const safeFiles = createSafeFiles({ db, report, written, libraryIdOf: (path) => libraries.idAt(path) });
  const writer = createTagWriter(safeFiles, planTags);
  const libraries = createLibraries({
    ...{ db, tracks, events, settings, readMetadata, payloadHash, enqueueTracks, report, scheduler: aScheduler() },
    knownFailures: (libraryId) => attempts.knownFailures(libraryId),
    moved: safeFiles.moved,
  });
  const library = await libraries.add(folder.path);
  const analyses = createAnalysisRepository(db);
  const calls: AnalyzeJob[] = [];
  const pool = {
    analyze(job: AnalyzeJob) {
      calls.push(job);
      return analyze(job);
    },
  };
  const libraryOf = ({ libraryId }: { libraryId: number }) => libraries.get(libraryId);
  const tagStates = createTagStates(db);
  const writeTrack = createWriteTrack({ tracks, analyses, writer, libraryOf, settings, events, tagStates });
  const isAnalysisCurrent = createIsAnalysisCurrent({ analyses, payloadHash });
  const writeAnalyzed = createWriteAnalyzed({ analyses, writeTrack, isAnalysisCurrent });
  const toWrite: JobRequest[] = [];
  const enqueue = async (request: JobRequest) => {
    toWrite.push(request);
    return { batchId: 1, jobIds: [1], added: request.targets.length };
  };
  const rewrite = createRewrite({ reader: readHere(createStaleQueries(db)), settings, enqueue });
  const version = () => 'v1';
  const attempts = createAttempts({ tracks, version, settings });
  const tagJob = createTagJob({
    moods: createMoodStore(db),
    ...{ attempts, tracks, pool, analyses, version, writeTrack, payloadHash, settings, events },
    ensureTrack: createEnsureTrack({ tracks, readMetadata, payloadHash, libraryOf: libraries.libraryOf }),
    isOnline: libraries.isOnline,
    writeModeOf: (id) => libraries.get(id).writeMode,
  });
  const ensureTrack = createEnsureTrack({ tracks, readMetadata, payloadHash, libraryOf: libraries.libraryOf });
  const moods = createMoodStore(db);
  const undone = createAfterUndo({ tracks, analyses, files: safeFiles, readTags, tagStates, settings, events });
  safeFiles.register({ ...AUDIO, reserveBytes: 0, undone });
  const handlers = taggingHandlers({
    removeTags: createRemoveTags({ tracks, analyses, writer, readTags, ensureTrack, libraryOf, settings, events }),
    takeOver: createTakeOver({ tracks, analyses, moods, readTags, ensureTrack, events, checkLibrary: libraries.get }),
    ...{ tracks, readTags, writeAnalyzed, rewrite, settings },
    undo: createUndoWrites({ files: safeFiles, jobsOfBatch: () => [1] }),
    confine: async (path) => path,
  });
  const describeTrack = createDescribeTrack({
    analyses,
    writer,
    files: safeFiles,
    readTags,
    version,
    libraryOf,
    settings,
  });
  let jobs = 0;
  const run = (changes: Partial<Job> = {}, context: Partial<JobContext> = {}) =>
    tagJob(aJob({ id: ++jobs, path: song, ...changes }), {
      signal: new AbortController().signal,
      progress: () => {},
      ...context,
    });
  return {
    ...{
      song,
      folder,
      db,
      settings,
      tracks,
      attempts,
      writeAnalyzed,
      libraries,
      library,
      analyses,
      safeFiles,
      writer,
      calls,
      run,
      handlers,
      describeTrack,
    },
    ...{ queued, toWrite, rewrite, writeJob: createWriteJob(tracks, writeAnalyzed), aJob },
    undoable: createUndoableJobs(db),
    tagsInFile: () => readTags(song, 'nom'),
    track: () => tracks.findByPath(library.id, 'album/song.mp3')!,
  };
}

function aJob(changes: Partial<Job>): Job {
  return {
    id: 1,
    kind: 'tag',
    path: '',
    libraryId: null,
    trackId: null,
    batchId: null,
    status: 'running',
    priority: 0,
    force: false,
    writeTags: true,
    options: {},
    audioMs: null,
    attempts: 1,
    crashes: 0,
    reasonCode: null,
    errorMessage: null,
    outcome: null,
    notBefore: null,
    createdAt: '2026-01-01T00:00:00Z',
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: null,
    ...changes,
  };
}
