import type { JobKind, JobRunner } from '../../../jobs/queue';
import type { AlarmClock } from '../../../platform/clock';
import { waitUntilStable } from './wait-until-stable';

export const TAG_JOB = 'tag';
export const WRITE_JOB = 'write';

/** The workers that analyze. */
interface Workers {
  readonly size: number;
  /** Why they are suspended until a person resumes the queue. */
  readonly pausedFor: string | null;
  resume(): void;
}

/** Analyzes a file and writes its tags where that is asked for. */
export const tagJobKind = (tagJob: JobRunner, workers: Workers, clock: Pick<AlarmClock, 'now'>): JobKind => ({
  kind: TAG_JOB,
  label: 'Analysis',
  // One more than there are workers, so that each has its next file while the tags of the last one are written.
  concurrency: () => workers.size + 1,
  weight: 1,
  priority: 50,
  run: waitUntilStable(tagJob, clock),
  progressWords: { opening: 'Opening', listening: 'Analyzing', saving: 'Saving', writing: 'Writing tags' },
  outcomeWords: { tagged: 'written', analyzed: 'analyzed', unchanged: 'unchanged' },
  isOfFile: true,
  suspension: { reason: () => workers.pausedFor, end: () => workers.resume() },
});

/** Writes the tags of a track that was analyzed before. */
export const writeJobKind = (writeJob: JobRunner): JobKind => ({
  kind: WRITE_JOB,
  label: 'Writing tags',
  concurrency: () => 1,
  weight: 0,
  priority: 20,
  run: writeJob,
  progressWords: { writing: 'Writing tags' },
  outcomeWords: { tagged: 'written', unchanged: 'unchanged' },
  isOfFile: true,
});
