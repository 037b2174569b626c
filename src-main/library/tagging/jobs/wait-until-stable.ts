import { stat } from 'node:fs/promises';
import type { JobDelay, JobRunner } from '../../../jobs/queue';
import type { AlarmClock } from '../../../platform/clock';
import { AppError } from '../../../rpc';

/** What a job carries whose file another program has just put down, and may not be done with. */
export interface StabilityOptions {
  /** How long the file has to stay as it is, in milliseconds. */
  readonly quietMs: number;
  /** The file's size and time when they were looked at last; null when it was not there. */
  readonly seen: SeenFile | null;
}
export interface SeenFile {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** What `seen` of a job has to be for a file as it is now. */
export async function seeFile(path: string): Promise<SeenFile | null> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { sizeBytes: size, mtimeMs };
  } catch {
    return null;
  }
}

/**
 * Lets a job that asks for it wait until its file was the same for a while, and begin anew when the file changes under
 * its hands: its time is looked at twice, for programs that put files down give them any time they like.
 */
export function waitUntilStable(run: JobRunner, clock: Pick<AlarmClock, 'now'>): JobRunner {
  return async (job, context) => {
    const wish = atRestOf(job.options);
    if (!wish) return run(job, context);
    const later = (seen: SeenFile | null): JobDelay => ({
      outcome: 'later',
      notBefore: clock.now() + wish.quietMs,
      options: { ...job.options, atRest: { ...wish, seen } satisfies StabilityOptions },
    });
    const seen = await seeFile(job.path);
    if (!isSame(wish.seen, seen)) return later(seen);
    try {
      return await run(job, context);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'file_changed') throw thrown;
      return later(await seeFile(job.path));
    }
  };
}

function atRestOf({ atRest }: Readonly<Record<string, unknown>>): StabilityOptions | undefined {
  return atRest as StabilityOptions | undefined;
}

function isSame(a: SeenFile | null, b: SeenFile | null): boolean {
  return a?.sizeBytes === b?.sizeBytes && a?.mtimeMs === b?.mtimeMs;
}
