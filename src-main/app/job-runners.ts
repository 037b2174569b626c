import { createVerify, type Verify } from '../files/verify';
import { createQueue, type Queue, type RunScope } from '../jobs/queue';
import { createLibraries, type FileMoved, type Libraries } from '../library/libraries';
import { createEnqueueTracks, createJudgeTrack, createWritePlans } from '../library/tagging';
import { AppError } from '../rpc';
import type { AnalysisService } from './analysis-service';
import { jobKindsOf } from './job-kinds';
import type { PlatformServices } from './platform-services';
import { createTagPipeline, type TagPipeline } from './tag-pipeline';

/** Enough to prove by that a model gives the same of real music. */
const SAMPLE = 3;

/** A running file may take this long to end when the application closes; after that it begins again at the next start. */
const GRACE_MS = 5000;

/** The libraries, the queue that works on their files, and what its jobs do. */
export function createJobRunners(base: PlatformServices, analysis: AnalysisService) {
  const { db, reader, events, settings, scheduler, report } = base;
  const { readMetadata, payloadHash } = base.fileReading;
  const pipeline: TagPipeline = createTagPipeline(base, analysis, { libraries: () => libraries, queue: () => queue });
  const { tracks, safeFiles, calibrations, attempts } = pipeline;
  const queue: Queue = createQueue({
    ...{ db, events, settings, report },
    kinds: jobKindsOf({
      ...{ pipeline, pool: analysis.pool },
      scan: (id) => libraries.scan(id),
      verify: (job, context) => verify.job(job, context),
    }),
    offlineLibraries: () => libraries.offline(),
  });
  /** The writes of a file and its jobs go with it. */
  const fileMoved: FileMoved = (from, to, file) => {
    safeFiles.moved(from, to);
    queue.fileMoved(from, { ...file, path: to });
  };
  const enqueueTracks = createEnqueueTracks({ queue, findTrack: tracks.find });
  const libraries: Libraries = createLibraries({
    ...{ db, tracks, events, settings, scheduler, readMetadata, payloadHash, enqueueTracks, report },
    knownFailures: attempts.knownFailures,
    moved: fileMoved,
    isBack: safeFiles.recover,
    leaves: (id) => queue.leaveLibrary(id),
  });

  base.readAccess.setFolders(() => libraries.list().map(({ root_path }) => root_path));

  const writePlans = createWritePlans({
    ...{ db, reader, tracks, events, report },
    judge: createJudgeTrack({ ...pipeline.intoFiles, ...pipeline, files: safeFiles }),
    stale: pipeline.rewrite,
    libraryName: (id) => libraries.get(id).name,
    async placeOf(path) {
      const place = await libraries.libraryOf(path);
      if (!place) throw new AppError('outside_library', `${path} is not inside any library.`);
      return { libraryId: place.library.id, path: place.path };
    },
    enqueue: queue.enqueue,
  });

  const verify: Verify = createVerify({
    ...{ db, reader, judge: base.fileReading.judgeWritten, enqueue: queue.enqueue },
    rootOf: (id) => libraries.get(id).root_path,
  });

  return {
    ...pipeline,
    verify,
    writePlans,
    queue,
    libraries,
    fileMoved,
    /** Some files of the libraries. */
    sampleFiles: () => tracks.listSample(SAMPLE).map((track) => track.absolutePath),
    /** Recovers from a crash, before anything works. */
    recover: () => safeFiles.recover(),
    start(scope?: RunScope): number {
      return queue.start(scope);
    },
    /** Lets the jobs that run end, and begins no others. */
    rest: () => queue.stop(GRACE_MS),
    /** What may take longer than a start should. */
    catchUp: () => calibrations.catchUp(),
    /** Lets what runs come to an end. */
    async stop(): Promise<void> {
      writePlans.stop();
      await this.rest();
      await libraries.stop();
    },
  };
}
export type JobRunnersPart = ReturnType<typeof createJobRunners>;
