import { join } from 'node:path';
import { anAnalysis } from '../../../../test/support/analysis';
import { aScheduler } from '../../../../test/support/scheduler';
import { putTone, temporaryFolder } from '../../../../test/support/small-music';
import { type Analysis, type AnalyzeJob, createAnalysisRepository } from '../../../analysis/inference';
import { EVENTS, SETTINGS } from '../../../app/contract';
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
import { createDescribeTrack } from '../describe-track';
import { taggingHandlers } from '../handlers';
import { createEnsureTrack } from '../write/ensure-track';
import { createRemoveTags } from '../write/remove-tags';
import { createIsAnalysisCurrent } from '../write/stored-analysis';
import { createTagWriter } from '../write/tag-writer';
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
  const writer = createTagWriter({ db, reserveBytes: 0 });
  const libraries = createLibraries({
    ...{ db, tracks, events, settings, readMetadata, payloadHash, enqueueTracks, report, scheduler: aScheduler() },
    knownFailures: (libraryId) => attempts.knownFailures(libraryId),
    moved: writer.moved,
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
    ensureTrack: createEnsureTrack({ tracks, libraryOf: libraries.libraryOf }),
    isOnline: libraries.isOnline,
  });
  const ensureTrack = createEnsureTrack({ tracks, libraryOf: libraries.libraryOf });
  const moods = createMoodStore(db);
  const handlers = taggingHandlers({
    removeTags: createRemoveTags({ tracks, analyses, writer, ensureTrack, libraryOf, settings, events }),
    takeOver: createTakeOver({ tracks, analyses, moods, ensureTrack, events, checkLibrary: libraries.get }),
    ...{ tracks, analyses, writer, writeAnalyzed, rewrite, tagStates, settings, events, report },
    confine: async (path) => path,
    jobsOfBatch: () => [1],
  });
  const describeTrack = createDescribeTrack({ analyses, writer, version, libraryOf, settings });
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
      libraries,
      library,
      analyses,
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
