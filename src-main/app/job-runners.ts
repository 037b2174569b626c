import { createVerify } from '../files/verify';
import { createEnqueueTracks, createQueue, type JobResult, type Queue } from '../jobs/queue';
import { createLibraries, type Libraries } from '../library/libraries';
import { createWriteJob, waitUntilStable } from '../library/tagging';
import { wallClock } from '../platform/clock';
import type { AnalysisService } from './analysis-service';
import type { PlatformServices } from './platform-services';
import { createTagPipeline, type TagPipeline } from './tag-pipeline';

/** A running file may take this long to end when the application closes; after that it waits for the next start. */
const GRACE_MS = 5000;

/** The libraries, the queue that works on their files, and what its jobs do. */
export function createJobRunners(base: PlatformServices, analysis: AnalysisService) {
  const { db, paths, reader, events, settings, report } = base;
  const { readMetadata, payloadHash } = base.fileReading;
  const pipeline: TagPipeline = createTagPipeline(base, analysis, { libraries: () => libraries, queue: () => queue });
  const { tracks, safeFiles, calibrations, attempts, writeAnalyzed } = pipeline;
  const queue: Queue = createQueue({
    ...{ db, events, settings, report },
    runners: {
      tag: waitUntilStable(pipeline.tagJob, wallClock),
      scan: ({ libraryId }) => scanWhole(libraries, libraryId!),
      calibrate: calibrations.applyJob,
      write: createWriteJob(tracks, writeAnalyzed),
      verify: (job, context) => verify.job(job, context),
    },
    // One more than there are workers, so that each has its next file while the tags of the last are written.
    concurrency: () => analysis.pool.size + 1,
    offlineLibraries: () => libraries.offline(),
    suspension: { reason: () => analysis.pool.pausedFor, end: () => analysis.pool.resume() },
  });
  const enqueueTracks = createEnqueueTracks({ queue, findTrack: tracks.find });
  const libraries: Libraries = createLibraries({
    ...{ db, tracks, events, settings, readMetadata, payloadHash, enqueueTracks, report },
    knownFailures: attempts.knownFailures,
    moved: safeFiles.moved,
    isBack: safeFiles.recover,
    leaves: (id) => queue.leaveLibrary(id),
  });

  const verify = createVerify({
    ...{ ...paths, db, reader, enqueue: queue.enqueue },
    rootOf: (id) => libraries.get(id).root_path,
  });

  return {
    ...pipeline,
    verify,
    queue,
    libraries,
    /** Settles what a crash has left, before anything works. */
    recover: () => safeFiles.recover(),
    start(): void {
      queue.start();
    },
    /** What may take longer than a start should. */
    catchUp: () => calibrations.catchUp(),
    /** Lets what runs come to an end. */
    async stop(): Promise<void> {
      await queue.stop(GRACE_MS);
      await libraries.stop();
    },
  };
}
export type JobRunnersPart = ReturnType<typeof createJobRunners>;

async function scanWhole(libraries: Libraries, id: number): Promise<JobResult> {
  const { ended } = await libraries.scan(id);
  await ended;
  return { outcome: 'scanned' };
}
