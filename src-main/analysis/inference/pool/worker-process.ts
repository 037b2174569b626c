import { setPriority } from 'node:os';
import { type AlarmClock, within } from '../../../platform/clock';
import { type ReadGrant, residentBytes, type WorkerChannel, type WorkerHost } from '../../../platform/worker-process';
import { AppError } from '../../../rpc';
import type { AnalyzeOptions } from '../analyze';
import type { Analysis, ModelSet } from '../session';
import { type FromWorker, PROTOCOL, type ToWorker } from '../worker';
import type { Limits } from './limits';

/** The kind of worker that analyzes, and may only read; and the one that may start FFmpeg besides. */
export const INFER = 'infer';
export const INFER_BY_FFMPEG = 'infer-by-ffmpeg';

/** Below everything a person waits for. */
const NICE = 10;

/** One file for a worker. */
export interface WorkerTask {
  readonly file: string;
  readonly options: AnalyzeOptions;
  /** What it should take, milliseconds; null when nobody can tell. */
  readonly expectedMs: number | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** The worker died over a file, or had to be killed: the sentence says why. */
export class WorkerDeath extends Error {
  override readonly name = 'WorkerDeath';
}

/** A worker that has loaded its models and takes one file at a time. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** Sentences about models that it could not use. */
  readonly problems: readonly string[];
  readonly files: number;
  readonly rssBytes: number;
  readonly hasExited: boolean;
  /** Whether it may read that file; another worker has to where it may not. */
  mayRead(file: string): boolean;
  /** Throws what the worker answered, `cancelled`, or `WorkerDeath`. */
  analyze(task: WorkerTask): Promise<Analysis>;
  /** Asks it to leave, and makes it leave when it does not. */
  shutdown(): Promise<void>;
  kill(): void;
}

export interface WorkerStart {
  readonly host: WorkerHost;
  /** Which program it runs: `INFER`, by default, may start no other. */
  readonly kind?: string;
  readonly name: string;
  readonly models: ModelSet;
  /** What it may read, besides the models. */
  readonly grant: ReadGrant;
  readonly limits: Limits;
  readonly clock: AlarmClock;
}

/** Starts a worker and has it load the models. Throws `WorkerDeath` when it does not come up. */
export async function startWorker(start: WorkerStart): Promise<WorkerProcess> {
  const { host, kind = INFER, name, models, grant, limits, clock } = start;
  const channel = await host.spawn<ToWorker, FromWorker>(kind, { name, reads: grant.paths });
  const exited = new Promise<void>((resolve) => {
    channel.onExit(() => resolve());
  });
  const configured = new Promise<Extract<FromWorker, { type: 'configured' }>>((resolve) => {
    channel.onMessage((message) => {
      if (message.type === 'hello' && message.protocol === PROTOCOL) channel.post({ type: 'configure', models });
      if (message.type === 'hello' && message.protocol !== PROTOCOL) channel.kill();
      if (message.type === 'configured') resolve(message);
    });
  });
  lowerPriority(channel);
  const isUp = await within(
    clock,
    limits.startMs,
    Promise.race([configured, exited.then(() => Promise.reject(new WorkerDeath(`${name} did not start.`)))]),
  );
  if (!isUp) {
    channel.kill();
    throw new WorkerDeath(`${name} did not start in time.`);
  }
  const { problems, rssBytes } = await configured;
  return runningWorker({ ...start, channel, exited, problems, rssBytes });
}

interface Running extends WorkerStart {
  readonly channel: WorkerChannel<ToWorker, FromWorker>;
  readonly exited: Promise<void>;
  readonly problems: readonly string[];
  readonly rssBytes: number;
}

function runningWorker({ channel, exited, problems, rssBytes, grant, limits, clock, name }: Running): WorkerProcess {
  const state = { files: 0, rssBytes, hasExited: false };
  exited.then(() => {
    state.hasExited = true;
  });
  let lastId = 0;

  return {
    problems,
    get pid() {
      return channel.pid;
    },
    get files() {
      return state.files;
    },
    get rssBytes() {
      return state.rssBytes;
    },
    get hasExited() {
      return state.hasExited;
    },
    mayRead: grant.covers,
    kill: () => channel.kill(),
    async analyze(task) {
      const jobId = ++lastId;
      const watch = createWatch({ channel, clock, limits, task, jobId });
      try {
        return await new Promise<Analysis>((resolve, reject) => {
          watch.onEnd(channel.onExit(() => reject(watch.endedBy() ?? new WorkerDeath(`${name} died.`))));
          watch.onEnd(
            channel.onMessage((message) => {
              if (!('jobId' in message) || message.jobId !== jobId) return;
              state.rssBytes = message.rssBytes;
              watch.analyzed(message.rssBytes);
              if (message.type === 'progress') task.onProgress?.(message.fraction);
              if (message.type === 'analyzed') resolve(message.analysis);
              if (message.type === 'failed') reject(asError(message));
            }),
          );
          channel.post({ type: 'analyze', jobId, file: task.file, options: task.options });
        });
      } finally {
        state.files++;
        watch.end();
      }
    },
    async shutdown() {
      channel.post({ type: 'shutdown' });
      if (await within(clock, limits.shutdownMs, exited)) return;
      channel.kill();
      await exited;
    },
  };
}

interface Watched {
  readonly channel: WorkerChannel<ToWorker, FromWorker>;
  readonly clock: AlarmClock;
  readonly limits: Limits;
  readonly task: WorkerTask;
  readonly jobId: number;
}

/** Looks after a worker while it has a file: kills it when it takes too long, too much memory, or ignores a cancel. */
function createWatch({ channel, clock, limits, task, jobId }: Watched) {
  const endings: (() => void)[] = [];
  const deadlineMs = Math.max(limits.deadlineMs, 4 * (task.expectedMs ?? 0));
  let started = clock.now();
  let lastMessageAt = started;
  let lastLook = started;
  let rssBytes = 0;
  let cause: Error | undefined;

  function killFor(error: Error): void {
    cause ??= error;
    channel.kill();
  }
  function look(): void {
    const now = clock.now();
    // The machine slept, or this process was held up: time in which the worker could not do anything either.
    const lost = now - lastLook > 10 * limits.watchMs ? now - lastLook : 0;
    [started, lastMessageAt, lastLook] = [started + lost, lastMessageAt + lost, now];
    const resident = Math.max(rssBytes, residentBytes(channel.pid) ?? 0);
    if (resident > 2 * limits.memoryBytes) killFor(new WorkerDeath('It took too much memory.'));
    else if (task.expectedMs !== null && now - started > deadlineMs) killFor(new WorkerDeath('It took too long.'));
    else if (now - lastMessageAt > limits.stallMs) killFor(new WorkerDeath('It hung.'));
    else stopLooking = clock.after(limits.watchMs, look);
  }
  let stopLooking = clock.after(limits.watchMs, look);

  const cancel = () => {
    channel.post({ type: 'cancel', jobId });
    endings.push(clock.after(limits.cancelMs, () => killFor(cancelled())));
  };
  if (task.signal?.aborted) cancel();
  else task.signal?.addEventListener('abort', cancel);

  return {
    analyzed(reported: number): void {
      lastMessageAt = clock.now();
      rssBytes = reported;
    },
    /** Why this watch killed the worker, when it did. */
    endedBy: () => cause ?? (task.signal?.aborted ? cancelled() : undefined),
    onEnd(call: () => void): void {
      endings.push(call);
    },
    end(): void {
      stopLooking();
      task.signal?.removeEventListener('abort', cancel);
      for (const call of endings) call();
    },
  };
}

/** Told to whoever asked and does not want it any more. */
export const cancelled = () => new AppError('cancelled', 'The analysis was cancelled.');

/** What is no failure of the file's comes back as the error that it was, whose stack belongs in the log. */
function asError({ failure, stack }: Extract<FromWorker, { type: 'failed' }>): Error {
  const { code, message, details } = failure;
  if (code !== 'internal' || stack === undefined) return new AppError(code, message, { details });
  const error = new Error(`a worker failed: ${stack.split('\n', 1)[0]}`);
  error.stack = stack;
  return error;
}

function lowerPriority({ pid }: Pick<WorkerChannel, 'pid'>): void {
  try {
    if (pid !== undefined) setPriority(pid, NICE);
  } catch {
    // It has died already, or the system does not allow it: neither keeps it from working.
  }
}
