import { type AlarmClock, steadyClock } from '../../platform/clock';
import { createReadAccess, type ReadAccess, type WorkerHost } from '../../platform/worker-process';
import { AppError } from '../../rpc';
import type { FromReader } from './protocol';
import type { InputOf, ReaderSet, ResultOf } from './reader-set';
import { createReaderWorker, type ReaderLimits, type ReaderWorker, type WorkerEnd } from './reader-worker';
import { createRequestLines, type ReadRequest } from './request-lines';

/** What is read lies outside the heap; what is made of it is short. */
export const READER_FLAGS: readonly string[] = ['--max-old-space-size=256', '--max-semi-space-size=8'];

const DEFAULT_LIMITS: ReaderLimits = {
  memoryBytes: 768 * 1024 ** 2,
  timeoutMs: 30_000,
  startMs: 30_000,
  idleMs: 120_000,
  watchMs: 500,
};

export interface FileReadersParts<R extends ReaderSet> {
  readonly host: WorkerHost;
  readonly readers: R;
  /** Which files the worker may read; without it the folders of those that are asked for. */
  readonly access?: ReadAccess;
  readonly limits?: Partial<ReaderLimits>;
  readonly clock?: AlarmClock;
}

export interface FileReaders<R extends ReaderSet> {
  /**
   * Has something read in the worker. Throws what the reader throws; `timed_out`, `too_large` and `worker_crashed` for
   * what it had to be stopped at or died over; `cancelled`.
   */
  read<N extends keyof R & string>(
    name: N,
    input: InputOf<R[N]>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<ResultOf<R[N]>>;
  /** Ends the worker; what it reads is refused. */
  stop(): Promise<void>;
}

/** So many workers that die before they say a word are a broken installation. */
const MAX_FAILED_STARTS = 3;

/** Reads in one worker process that is kept, and replaced when it dies; what killed it is found out and refused. */
export function createFileReaders<R extends ReaderSet>(parts: FileReadersParts<R>): FileReaders<R> {
  const { host, readers, clock = steadyClock, access = createReadAccess() } = parts;
  const limits = { ...DEFAULT_LIMITS, ...parts.limits };
  const lines = createRequestLines();
  let worker: ReaderWorker | undefined;
  let failedStarts = 0;
  let isStopped = false;
  let willSend = false;
  let lastId = 0;

  /** All that is asked in one go makes one message. */
  function sendSoon(): void {
    if (willSend) return;
    willSend = true;
    queueMicrotask(() => {
      willSend = false;
      if (lines.isEmpty) return;
      const paths = lines.nextPaths();
      if (worker && !paths.every(worker.mayRead)) {
        // It can be given no more than it was started with; what it reads comes first.
        if (lines.isReading) return;
        void worker.stop();
        worker = undefined;
      }
      worker ??= createReaderWorker({ host, clock, limits, grant: access.grantFor(paths), onResults, onEnd });
      worker.post(lines.next());
    });
  }

  function onResults({ results }: FromReader): void {
    failedStarts = 0;
    for (const { id, outcome } of results) {
      const request = lines.take(id);
      if (outcome.ok) request?.resolve(outcome.value);
      else request?.reject(new AppError(outcome.error.code, outcome.error.message, { details: outcome.error.details }));
    }
    sendSoon();
  }

  function onEnd({ reason, hasStarted }: WorkerEnd): void {
    worker = undefined;
    failedStarts = hasStarted ? 0 : failedStarts + 1;
    if (failedStarts >= MAX_FAILED_STARTS) refuseAll(reason);
    else lines.blame()?.reject(reason);
    sendSoon();
  }

  function refuseAll(reason: AppError): void {
    failedStarts = 0;
    for (const request of lines.takeAll()) request.reject(reason);
  }

  return {
    async read(name, input, { signal } = {}) {
      if (isStopped || signal?.aborted) throw cancelled();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const reader = readers[name];
      const timeoutMs = reader.timeoutMs ?? limits.timeoutMs;
      const path = reader.pathOf?.(input as never);
      const request: ReadRequest = { id: ++lastId, name, input, path, timeoutMs, resolve, reject };
      const cancel = () => {
        lines.withdraw(request);
        reject(cancelled());
      };
      signal?.addEventListener('abort', cancel);
      lines.add(request);
      sendSoon();
      try {
        return (await promise) as ResultOf<R[typeof name]>;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    async stop() {
      isStopped = true;
      refuseAll(cancelled());
      await worker?.stop();
    },
  };
}

const cancelled = () => new AppError('cancelled', 'The reading was cancelled.');
