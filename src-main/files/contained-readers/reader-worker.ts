import type { AlarmClock } from '../../platform/clock';
import { type ReadGrant, residentBytes, type WorkerChannel, type WorkerHost } from '../../platform/worker-process';
import { AppError } from '../../rpc';
import { type FromReader, READER_KIND, type ToReader } from './protocol';
import type { ReadRequest } from './request-lines';

export interface ReaderLimits {
  /** A worker that holds more is killed. */
  readonly memoryBytes: number;
  /** For one reading, where its reader says nothing else. */
  readonly timeoutMs: number;
  readonly startMs: number;
  /** A worker without work is let go, for its memory. */
  readonly idleMs: number;
  /** How often a worker that reads is looked after. */
  readonly watchMs: number;
}

export interface ReaderWorkerParts {
  readonly host: WorkerHost;
  readonly clock: AlarmClock;
  readonly limits: ReaderLimits;
  readonly grant: ReadGrant;
  readonly onResults: (message: FromReader) => void;
  /** Told once, when the worker is gone and nobody has stopped it. */
  readonly onEnd: (end: WorkerEnd) => void;
}

export interface WorkerEnd {
  /** Why what it was reading was not read. */
  readonly reason: AppError;
  /** Whether it ever said a word. */
  readonly hasStarted: boolean;
}

export interface ReaderWorker {
  mayRead(path: string): boolean;
  post(requests: readonly ReadRequest[]): void;
  stop(): Promise<void>;
}

/** One worker process, watched while it reads: killed when it is silent for too long or holds too much memory. */
export function createReaderWorker({ host, clock, limits, grant, onResults, onEnd }: ReaderWorkerParts): ReaderWorker {
  /** By the number of each request that it has. */
  const timeouts = new Map<number, number>();
  let channel: WorkerChannel<ToReader, FromReader> | undefined;
  let unsent: ToReader['requests'][number][] = [];
  let hasStarted = false;
  let isLeaving = false;
  let reason: AppError | undefined;
  let lastSignAt = clock.now();
  let stopAlarm = () => {};
  const { promise: gone, resolve: markGone } = Promise.withResolvers<void>();

  /** Looks again soon while it reads, and lets it go when it has had nothing to do for a while. */
  function arm(): void {
    stopAlarm();
    stopAlarm = timeouts.size > 0 ? clock.after(limits.watchMs, look) : clock.after(limits.idleMs, release);
  }

  function look(): void {
    const allowedMs = hasStarted ? Math.min(...timeouts.values()) : limits.startMs;
    if ((residentBytes(channel?.pid) ?? 0) > limits.memoryBytes) kill(tooLarge());
    else if (clock.now() - lastSignAt > allowedMs) kill(tooSlow());
    else arm();
  }

  function kill(why: AppError): void {
    reason = why;
    channel?.kill();
  }

  function release(): void {
    isLeaving = true;
    channel?.kill();
    onEnd({ reason: crashed(), hasStarted: true });
  }

  function end(): void {
    stopAlarm();
    markGone();
    if (!isLeaving) onEnd({ reason: reason ?? crashed(), hasStarted });
  }

  function receive(message: FromReader): void {
    hasStarted = true;
    lastSignAt = clock.now();
    for (const { id } of message.results) timeouts.delete(id);
    onResults(message);
    if (timeouts.size === 0) arm();
  }

  function attach(started: WorkerChannel<ToReader, FromReader>): void {
    channel = started;
    channel.onExit(end);
    channel.onMessage(receive);
    if (isLeaving) channel.kill();
    else if (unsent.length > 0) channel.post({ requests: unsent });
    unsent = [];
  }

  host.spawn<ToReader, FromReader>(READER_KIND, { name: READER_KIND, reads: grant.paths }).then(attach, end);
  arm();

  return {
    mayRead: grant.covers,
    post(requests) {
      if (requests.length === 0) return;
      const wasIdle = timeouts.size === 0;
      if (wasIdle) lastSignAt = clock.now();
      for (const { id, timeoutMs } of requests) timeouts.set(id, timeoutMs);
      const plain = requests.map(({ id, name, input }) => ({ id, name, input }));
      if (channel) channel.post({ requests: plain });
      else unsent.push(...plain);
      if (wasIdle) arm();
    },
    async stop() {
      isLeaving = true;
      stopAlarm();
      channel?.kill();
      if (channel) await gone;
    },
  };
}

const crashed = () => new AppError('worker_crashed', 'The reader of files came to an unexpected end over this file.');
const tooSlow = () => new AppError('timed_out', 'Reading the file took too long, so it was left.');
const tooLarge = () => new AppError('too_large', 'Reading the file took too much memory, so it was left.');
