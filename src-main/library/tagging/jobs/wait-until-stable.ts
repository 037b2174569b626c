import { stat } from 'node:fs/promises';
import type { JobDelay, JobRunner } from '../../../jobs/queue';
import type { AlarmClock } from '../../../platform/clock';
import { AppError } from '../../../rpc';

/** What a job carries whose file another program has just written, and may still be writing. */
export interface StabilityOptions {
  /** How long the file has to stay as it is, in milliseconds. */
  readonly quietMs: number;
  /** The file's size and time when they were read last; null when it was not there. */
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
 * Delays a job that asks for it until its file was the same for a while, and again when the file changes while the job
 * runs. The file is read twice for that, because programs give the files that they write any time they like.
 */
export function waitUntilStable(run: JobRunner, clock: Pick<AlarmClock, 'now'>): JobRunner {
  return async (job, context) => {
    const wanted = stabilityOf(job.options);
    if (!wanted) return run(job, context);
    const delay = (seen: SeenFile | null): JobDelay => ({
      outcome: 'pending',
      notBefore: clock.now() + wanted.quietMs,
      options: { ...job.options, atRest: { ...wanted, seen } satisfies StabilityOptions },
    });
    const seen = await seeFile(job.path);
    if (!isSame(wanted.seen, seen)) return delay(seen);
    try {
      return await run(job, context);
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'file_changed') throw thrown;
      return delay(await seeFile(job.path));
    }
  };
}

/** The name `atRest` stands in the options of stored jobs. */
function stabilityOf({ atRest }: Readonly<Record<string, unknown>>): StabilityOptions | undefined {
  return atRest as StabilityOptions | undefined;
}

function isSame(a: SeenFile | null, b: SeenFile | null): boolean {
  return a?.sizeBytes === b?.sizeBytes && a?.mtimeMs === b?.mtimeMs;
}
