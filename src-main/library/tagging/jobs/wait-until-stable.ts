import type { JobDelay, JobRunner } from '../../../jobs/queue';
import type { AlarmClock } from '../../../platform/clock';
import { findStamp, isSameStamp, type KnownStamp, knownStamp } from '../../../platform/file-stamp';
import { AppError } from '../../../rpc';

/** The option's name in the queue, where jobs may stand that an earlier version has put there. */
const OPTION = 'atRest';

/** What a job carries whose file another program has just written, and may still be writing. */
export interface StabilityOptions {
  /** How long the file has to stay as it is, in milliseconds. */
  readonly quietMs: number;
  /** The file when it was read last; null when it was not there. */
  readonly seen: KnownStamp | null;
}

/** What `seen` of a job has to be for a file as it is now. */
export async function findKnownStamp(path: string): Promise<KnownStamp | null> {
  const stamp = await findStamp(path);
  return stamp ? knownStamp(stamp) : null;
}

/**
 * Delays a job that asks for it until its file was the same for a while, and again when the file changes while the job
 * runs. The file is read twice for that, because programs give the files that they write any time they like.
 */
export function waitUntilStable(run: JobRunner, clock: Pick<AlarmClock, 'now'>): JobRunner {
  return async (job, context) => {
    const wanted = job.options[OPTION] as StabilityOptions | undefined;
    if (!wanted) return run(job, context);
    const delay = (seen: KnownStamp | null): JobDelay => ({
      outcome: 'pending',
      notBefore: clock.now() + wanted.quietMs,
      options: { ...job.options, ...stabilityOption({ ...wanted, seen }) },
    });
    const seen = await findKnownStamp(job.path);
    if (!isAsSeen(wanted.seen, seen)) return delay(seen);
    try {
      return await run(job, context);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'file_changed') throw thrown;
      return delay(await findKnownStamp(job.path));
    }
  };
}

/** Has a job wait until its file is stable. */
export const stabilityOption = (options: StabilityOptions): Record<string, StabilityOptions> => ({ [OPTION]: options });

function isAsSeen(before: KnownStamp | null, now: KnownStamp | null): boolean {
  return before && now ? isSameStamp(before, now) : before === now;
}
