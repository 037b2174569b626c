import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Enqueued, JobSource, JobTarget, Queue } from '../../../jobs/queue';
import { TAG_JOB } from './job-kinds';

export interface EnqueueTracksDeps {
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly findTrack: (
    id: number,
  ) => { absolutePath: string; libraryId: number; durationMs: number | null; missingSince: string | null } | undefined;
}

export interface EnqueueTracksOptions {
  readonly source: JobSource;
  readonly force: boolean;
  readonly writeTags: boolean;
  /** For people; without it the number of tracks. */
  readonly title?: string;
  /** Tracks that were considered and need no job, by reason. */
  readonly passed?: Readonly<Record<string, number>>;
}

/** Tracks that are looked up before others get their turn: some milliseconds. */
const CHUNK = 500;

/** Queues the analysis of tracks; those that are missing or gone are accounted for in the batch. */
export function createEnqueueTracks({ queue, findTrack }: EnqueueTracksDeps) {
  return async function enqueueTracks(
    trackIds: readonly number[],
    options: EnqueueTracksOptions,
  ): Promise<Enqueued & { queued: number }> {
    const targets: JobTarget[] = [];
    for (const [at, id] of trackIds.entries()) {
      if (at > 0 && at % CHUNK === 0) await yieldToEventLoop();
      const track = findTrack(id);
      if (!track || track.missingSince !== null) continue;
      targets.push({ path: track.absolutePath, libraryId: track.libraryId, trackId: id, audioMs: track.durationMs });
    }
    const missing = trackIds.length - targets.length;
    const { passed, title = titleOf(targets.length), ...choices } = options;
    const enqueued = await queue.enqueue({
      kind: TAG_JOB,
      title,
      source: choices.source,
      force: choices.force,
      writeTags: choices.writeTags,
      targets,
      passed: { ...passed, ...(missing > 0 && { missing }) },
    });
    return { ...enqueued, queued: enqueued.added };
  };
}

const titleOf = (count: number): string => (count === 1 ? '1 track' : `${count} tracks`);
