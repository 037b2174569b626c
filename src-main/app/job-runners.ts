import { payloadHash, readMetadata } from '../files/tag-formats';
import { createVerify } from '../files/verify';
import { createEnqueueTracks, createQueue, type JobResult, type Queue } from '../jobs/queue';
import { createLibraries, type Libraries } from '../library/libraries';
import { createWriteJob, whenAtRest } from '../library/tagging';
import { wallClock } from '../platform/clock';
import type { Listening } from './analysis-service';
import type { Foundation } from './platform-services';
import { createWriting, type Writing } from './tag-pipeline';

/** A running file may take this long to end when the application closes; after that it waits for the next start. */
const GRACE_MS = 5000;

/** The libraries, the queue that works on their files, and what its jobs do. */
export function createWork(base: Foundation, listening: Listening) {
  const { db, paths, reader, events, settings, report } = base;
  const writing: Writing = createWriting(base, listening, { libraries: () => libraries, queue: () => queue });
  const { tracks, writer, calibrations, attempts, writeHeard } = writing;
  const queue: Queue = createQueue({
    ...{ db, events, settings, report },
    runners: {
      tag: whenAtRest(writing.tagJob, wallClock),
      scan: ({ libraryId }) => scanWhole(libraries, libraryId!),
      calibrate: calibrations.applyJob,
      write: createWriteJob(tracks, writeHeard),
      verify: (job, context) => verify.job(job, context),
    },
    // One more than there are workers, so that each has its next file while the tags of the last are written.
    concurrency: () => listening.pool.size + 1,
    heldLibraries: () => libraries.offline(),
    halt: { reason: () => listening.pool.pausedFor, end: () => listening.pool.resume() },
  });
  const enqueueTracks = createEnqueueTracks({ queue, findTrack: tracks.find });
  const libraries: Libraries = createLibraries({
    ...{ db, tracks, events, settings, readMetadata, payloadHash, enqueueTracks, report },
    inVain: attempts.inVain,
    moved: writer.moved,
    isBack: writer.recover,
    leaves: (id) => queue.leaveLibrary(id),
  });

  const verify = createVerify({
    ...{ ...paths, db, reader, enqueue: queue.enqueue },
    rootOf: (id) => libraries.get(id).root_path,
  });

  return {
    ...writing,
    verify,
    queue,
    libraries,
    /** Settles what a crash has left, before anything works. */
    recover: () => writer.recover(),
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
export type Work = ReturnType<typeof createWork>;

async function scanWhole(libraries: Libraries, id: number): Promise<JobResult> {
  const { ended } = await libraries.scan(id);
  await ended;
  return { outcome: 'scanned' };
}
