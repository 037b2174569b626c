import type { AlarmClock } from '../../../platform/clock';
import type { ReadAccess, WorkerHost } from '../../../platform/worker-process';
import { AppError } from '../../../rpc';
import { canBeginByFfmpeg, type Ffmpeg } from '../../audio';
import { completed, isWorthAnotherDecoder } from '../analyze';
import type { Analysis, ModelSet } from '../session';
import type { Limits } from './limits';
import { INFER_BY_FFMPEG, startWorker, type WorkerProcess, type WorkerTask } from './worker-process';

export interface SecondDecoderParts {
  readonly host: WorkerHost;
  readonly clock: AlarmClock;
  readonly limits: () => Limits;
  readonly models: () => ModelSet;
  readonly access: ReadAccess;
  /** The FFmpeg of this machine; undefined where there is none. */
  readonly ffmpeg: () => Promise<Ffmpeg | undefined>;
}

const REFUSALS: readonly string[] = ['unsupported_file', 'unreadable_audio'];

/**
 * What our decoders refuse, or give less of than it promises, goes to FFmpeg where that is installed. The worker that
 * may start it is another one than those that decode by themselves, which may start nothing; it lives for one file, and
 * there is one at a time.
 */
export function createSecondDecoder(parts: SecondDecoderParts) {
  let last: Promise<unknown> = Promise.resolve();
  let running: WorkerProcess | undefined;

  /** Undefined when there is no FFmpeg, or it gives no more. Throws `cancelled`. */
  async function analyze(task: WorkerTask, afterS?: number): Promise<Analysis | undefined> {
    const ffmpeg = await parts.ffmpeg();
    // Most of what our decoders refuse is no sound at all: that is found out before a worker is started for it.
    if (!ffmpeg || !(await canBeginByFfmpeg(task.file, ffmpeg, task.signal))) return undefined;
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    try {
      return await once({ ...task, options: { ...task.options, decoder: 'ffmpeg', ffmpeg, afterS } });
    } finally {
      resolve();
    }
  }

  async function once(task: WorkerTask): Promise<Analysis | undefined> {
    const { host, clock, access, models, limits } = parts;
    task.signal?.throwIfAborted();
    const start = { host, clock, kind: INFER_BY_FFMPEG, name: 'worker:ffmpeg', models: models(), limits: limits() };
    try {
      const worker = await startWorker({ ...start, grant: access.grantFor([task.file]) });
      running = worker;
      return await worker.analyze(task).finally(() => worker.shutdown());
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'cancelled') throw thrown;
      return undefined;
    } finally {
      running = undefined;
    }
  }

  return {
    /** Ends what it is at. */
    kill: (): void => running?.kill(),
    /** The better of two: what our decoders made of a file, and what FFmpeg does where that is worth a try. */
    async complete(task: WorkerTask, first: Promise<Analysis>): Promise<Analysis> {
      try {
        const analysis = await first;
        if (!isWorthAnotherDecoder(analysis)) return analysis;
        const second = await analyze(task, analysis.durationS);
        return second ? completed(analysis, second) : analysis;
      } catch (thrown) {
        if (!(thrown instanceof AppError) || !REFUSALS.includes(thrown.code) || isCopyProtected(thrown)) throw thrown;
        const second = await analyze(task);
        if (second) return second;
        throw thrown;
      }
    },
  };
}

/** What its seller has locked is not for another program to open. */
const isCopyProtected = ({ details }: AppError): boolean =>
  details.some((detail) => (detail as { isCopyProtected?: boolean } | null)?.isCopyProtected === true);
