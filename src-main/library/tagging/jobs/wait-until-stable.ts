import type { JobDelay, JobRunner } from '../../../jobs/queue';
import type { AlarmClock } from '../../../platform/clock';
import { findStamp, isSameStamp, type KnownStamp, knownStamp } from '../../../platform/file-stamp';
import { AppError } from '../../../rpc';

/** What a job carries whose file another program has just put down, and may not be done with. */
export interface StabilityOptions {
  /** How long the file has to stay as it is, in milliseconds. */
  readonly quietMs: number;
  /** The file when it was looked at last; null when it was not there. */
  readonly seen: KnownStamp | null;
}

/** What `seen` of a job has to be for a file as it is now. */
export async function findKnownStamp(path: string): Promise<KnownStamp | null> {
  const stamp = await findStamp(path);
  return stamp ? knownStamp(stamp) : null;
}

/**
 * Lets a job that asks for it wait until its file was the same for a while, and begin anew when the file changes under
 * its hands: its time is looked at twice, for programs that put files down give them any time they like.
 */
export function waitUntilStable(run: JobRunner, clock: Pick<AlarmClock, 'now'>): JobRunner {
  return async (job, context) => {
    const wish = atRestOf(job.options);
    if (!wish) return run(job, context);
    const later = (seen: KnownStamp | null): JobDelay => ({
      outcome: 'later',
      notBefore: clock.now() + wish.quietMs,
      options: { ...job.options, atRest: { ...wish, seen } satisfies StabilityOptions },
    });
    const seen = await findKnownStamp(job.path);
    if (!isAsSeen(wish.seen, seen)) return later(seen);
    try {
      return await run(job, context);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'file_changed') throw thrown;
      return later(await findKnownStamp(job.path));
    }
  };
}

function atRestOf({ atRest }: Readonly<Record<string, unknown>>): StabilityOptions | undefined {
  return atRest as StabilityOptions | undefined;
}

function isAsSeen(before: KnownStamp | null, now: KnownStamp | null): boolean {
  return before && now ? isSameStamp(before, now) : before === now;
}
