import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answerAnalytics } from './analytics';
import { AUDIO_EXTENSIONS, probeContainer } from './audio';
import { answerAuth, createAuth, readInstance } from './auth';
import { answerBackups, createBackups, openKept } from './backups';
import { answerCalibration, createCalibration } from './calibration';
import { systemClock, wallClock } from './clock';
import { createConnectionsPart } from './connections';
import { contract } from './contract';
import { createReader, lockForThisProcess } from './database';
import { createDescribeSelf } from './describe-self';
import { AppError } from './errors';
import { createEventBus } from './events';
import { answerHealth, createHealth } from './health';
import {
  analysisVersion,
  answerModels,
  createAnalysisRepository,
  createInferencePool,
  createInspector,
  createModelStore,
  createQuarantineRepository,
  NO_MODELS,
  type Preset,
  poolSizeHere,
  type WorkerHost,
  whyNoInference,
  workerLimits,
} from './inference';
import {
  answerLibraries,
  answerPathMappings,
  createFileChanges,
  createLibraries,
  createPathMappings,
  type Libraries,
} from './libraries';
import { openLog } from './logs';
import { answerNomarr, withNomarrPaths } from './nomarr';
import type { AppPaths } from './paths';
import { answerPlaylistImport, createPlaylists } from './playlists';
import {
  answerQueue,
  createEnqueueTracks,
  createQueue,
  createResolveTargets,
  createWaitForJob,
  type JobResult,
  type Queue,
} from './queue';
import type { ReaderQueries } from './reader-queries';
import { routesOfAll } from './routes';
import { answerSettings, createSettings } from './settings';
import { createSimilarity } from './similarity';
import {
  answerTagging,
  createAttempts,
  createDescribeTrack,
  createEnsureTrack,
  createRemoveTags,
  createRewrite,
  createStillHolds,
  createTagJob,
  createTagStates,
  createTagWriter,
  createTakeOver,
  createUndoableJobs,
  createVerify,
  createWriteHeard,
  createWriteJob,
  createWriteTrack,
  payloadHash,
  readMetadata,
  readTags,
  whenAtRest,
} from './tagging';
import { createTrackRepository, createTracks, type StoredTrack } from './tracks';
import { VERSION } from './version';

/** What the application needs of the process that runs it. */
export interface AppHost {
  readonly workers: WorkerHost;
  /** Why this machine cannot run models, or undefined when it can; a test may say so. */
  readonly whyNoInference?: () => string | undefined;
  /** Ends the process and starts it again; a process that lives for one command has none. */
  readonly restart?: () => void;
}

const WITHOUT_MODELS = 'Loudness, tempo and key are told all the same.';
/** A running file may take this long to end when the application closes; after that it waits for the next start. */
const GRACE_MS = 5000;

/**
 * Builds the application from its parts; the only file that knows them all. Knows nothing of Electron. Until `start` it
 * answers but does not work. Throws `conflict` when another process has the same library open.
 */
export async function createApp(paths: AppPaths, host: AppHost) {
  mkdirSync(paths.data, { recursive: true, mode: 0o700 });
  const lock = lockForThisProcess(paths.lockFile, () => nameOfRunning(paths));
  const { log, close: closeLog } = await openLog(paths.logs);
  const report = (thrown: unknown) => log.error({ err: thrown }, 'unexpected');
  const kept = await openKept(paths).catch(async (thrown) => {
    await closeLog();
    lock.release();
    throw thrown;
  });
  const { db } = kept;
  const reader = createReader<ReaderQueries>(paths.readerEntry, paths.database, report);
  const events = createEventBus(report);
  const settings = createSettings(db, events);
  const auth = createAuth({ db, clock: systemClock });
  const health = createHealth({ events });
  const backups = createBackups({ ...{ kept, health, report, restart: host.restart }, ...paths });

  const tracks = createTrackRepository(db);
  const analyses = createAnalysisRepository(db);
  const inspect = createInspector(host.workers);
  const models = createModelStore({ folders: [paths.models, ...paths.extraModels], events, inspect });
  const unable = (host.whyNoInference ?? whyNoInference)();
  if (unable) health.report('models', { severity: 'degraded', message: `${unable} ${WITHOUT_MODELS}` });
  const usable = () => (unable ? NO_MODELS : models.current());
  const quarantine = createQuarantineRepository(db);
  const voice = health.through('analyser');
  const limits = () => workerLimits(settings.current);
  const pool = createInferencePool({ host: host.workers, models: usable, events: voice, quarantine, limits });
  const version = (preset: Preset = settings.current.preset) => analysisVersion(preset, usable());

  const writer = createTagWriter({ db, written: (path) => events.emit('file.written', { path }) });
  const libraryOfTrack = ({ libraryId }: StoredTrack) => libraries.get(libraryId);
  const libraryOfPath: Libraries['libraryOf'] = (path) => libraries.libraryOf(path);
  const enqueue: Queue['enqueue'] = (request) => queue.enqueue(request);
  const rewrite = createRewrite({ reader, settings, enqueue });
  const calibrations = createCalibration({
    ...{ db, reader, events, settings, rewrite: rewrite.enqueue, queue: () => queue, models: usable },
    folder: join(paths.models, 'calibration'),
  });
  const { inForce: calibration, moods } = calibrations;
  const tagStates = createTagStates(db);
  const writing = { tracks, analyses, writer, settings, events, libraryOf: libraryOfTrack, calibration, tagStates };
  const writeTrack = createWriteTrack(writing);
  const stillHolds = createStillHolds({ analyses, payloadHash });
  const writeHeard = createWriteHeard({ analyses, writeTrack, stillHolds });
  const ensureTrack = createEnsureTrack({ tracks, libraryOf: libraryOfPath });
  const attempts = createAttempts({ tracks, version, settings });
  const tagJob = createTagJob({
    ...{ attempts, tracks, analyses, pool, settings, events, version, ensureTrack, writeTrack, payloadHash },
    ...{ calibration, moods },
    isOnline: (id) => libraries.isOnline(id),
  });
  const queue = createQueue({
    ...{ db, events, settings, report },
    runners: {
      tag: whenAtRest(tagJob, wallClock),
      scan: ({ libraryId }) => scanWhole(libraries, libraryId!),
      calibrate: calibrations.applyJob,
      write: createWriteJob(tracks, writeHeard),
      verify: (job, context) => verify.job(job, context),
    },
    // One more than there are workers, so that each has its next file while the tags of the last are written.
    concurrency: () => pool.size + 1,
    heldLibraries: () => libraries.offline(),
  });
  const enqueueTracks = createEnqueueTracks({ queue, findTrack: tracks.find });
  const libraries = createLibraries({
    ...{ db, tracks, events, settings, readMetadata, payloadHash, enqueueTracks, report },
    inVain: attempts.inVain,
    moved: writer.moved,
  });

  const verify = createVerify({ ...paths, db, reader, enqueue, rootOf: (id) => libraries.get(id).root_path });
  const mappings = createPathMappings({
    ...{ db, events, libraryOf: libraryOfPath },
    isKnown: (libraryId, path) =>
      tracks.findByPath(libraryId, path) !== undefined || tracks.listIdsInside(libraryId, path).length > 0,
  });
  const folder = join(paths.data, 'playlists');
  const playlists = createPlaylists({ db, reader, events, settings, libraries, folder });
  const connections = createConnectionsPart({
    ...{ db, events, tracks, libraries, settings, readTags, report },
    ...{ playlists: playlists.source, secretKey: paths.secretKey, health, mappings, queue, writer, keys: auth.keys },
    files: createFileChanges({
      db,
      tracks,
      events,
      readMetadata,
      payloadHash,
      moved: writer.moved,
      getLibrary: libraries.get,
    }),
    rewrite: writeHeard,
    door: () => readInstance(paths.instanceFile) ?? { port: 0, isLan: false },
    filesOfSizes: (sizes) => reader.read('libraries.filesOfSizes', sizes),
  });

  const resolveTargets = createResolveTargets({
    libraryOf: libraryOfPath,
    findTrack: tracks.findByPath,
    audioExtensions: AUDIO_EXTENSIONS,
    probeContainer,
  });
  const port = () => readInstance(paths.instanceFile)?.port ?? 0;
  const waitFor = createWaitForJob({ queue, events, settings });
  const askQueue = answerQueue({ queue, resolveTargets, undoable: createUndoableJobs(db), settings, waitFor });
  const answers = {
    health: answerHealth(health, VERSION, createDescribeSelf({ queue, settings, models, pool, events, paths, port })),
    auth: answerAuth(auth),
    libraries: answerLibraries(libraries, tracks),
    tracks: createTracks(tracks, createDescribeTrack({ ...writing, version })),
    queue: askQueue,
    tagging: answerTagging({
      removeTags: createRemoveTags({ ...writing, ensureTrack }),
      takeOver: createTakeOver({ ...writing, moods, ensureTrack }),
      ...{ tracks, analyses, writer, writeHeard, rewrite, tagStates, settings, events, confine },
      jobsOfBatch: queue.views.listIdsInBatch,
    }),
    verification: verify.answers,
    models: answerModels(models),
    calibration: answerCalibration(calibrations),
    analytics: answerAnalytics({ reader, settings, version }),
    similarity: createSimilarity({ reader, tracks, analyses, libraries, version }),
    playlists: playlists.answers,
    playlistImport: answerPlaylistImport({ db, reader, tracks, savePlaylist: playlists.addStatic }),
    settings: answerSettings(settings),
    backups: answerBackups(backups),
    ...connections.answers,
    pathMappings: answerPathMappings(mappings),
    nomarr: answerNomarr({ queue, askQueue, libraries, models, settings, auth, paths, port, restart: host.restart }),
  };
  const routes = withNomarrPaths(routesOfAll(contract, answers, reportRoute));

  function reportRoute(name: string, thrown: unknown): void {
    log.error({ err: thrown, route: name }, 'a call failed unexpectedly');
  }

  async function confine(path: string): Promise<string> {
    const place = await libraryOfPath(path);
    if (!place) throw new AppError('outside_library', `${path} is not inside any library.`);
    return join(place.library.root_path, place.path);
  }

  function sizePool(): void {
    pool.setSize(poolSizeHere(settings.current.workers, usable()));
  }

  return {
    routes,
    events,
    auth,
    log,
    /** The state that a new listener is told first. */
    snapshot: () => [
      { name: 'queue.status' as const, payload: queue.status() },
      { name: 'health.changed' as const, payload: health.current() },
    ],
    /** Settles what a crash has left, then begins to work. */
    async start(): Promise<void> {
      await writer.recover();
      sizePool();
      events.on('settings.changed', ({ names }) => names.includes('workers') && sizePool());
      events.on('models.changed', () => {
        sizePool();
        pool.restart().catch(report);
      });
      queue.start();
      connections.start();
      calibrations.catchUp().catch(report);
    },
    /** Begins to notice what happens to the libraries between scans; a short run of the command line does not. */
    watch(): void {
      libraries.watch();
      backups.start();
    },
    beforeUpdate: backups.beforeUpdate,
    /** Lets what runs come to an end, then lets go of things in the reverse order of their making. */
    async stop(): Promise<void> {
      await connections.stop();
      await queue.stop(GRACE_MS);
      await libraries.stop();
      await pool.stop();
      await reader.stop();
      await backups.stop();
      kept.close();
      await closeLog();
      lock.release();
    },
  };
}
export type App = Awaited<ReturnType<typeof createApp>>;

async function scanWhole(libraries: Libraries, id: number): Promise<JobResult> {
  const { ended } = await libraries.scan(id);
  await ended;
  return { outcome: 'scanned' };
}

function nameOfRunning(paths: AppPaths): string {
  const running = readInstance(paths.instanceFile);
  return running ? `process ${running.pid}` : 'another process';
}
