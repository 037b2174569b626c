import type { AlarmClock } from '../../../platform/clock';
import type { ReadAccess, WorkerHost } from '../../../platform/worker-process';
import { AppError } from '../../../rpc';
import type { InferenceEvents } from '../contract';
import type { Analysis, ModelSet } from '../session';
import type { createDispatcher } from './dispatcher';
import type { Limits } from './limits';
import { createWorkerLifetime } from './worker-lifetime';
import { cancelled, WorkerDeath, type WorkerProcess, type WorkerTask } from './worker-process';

type WorkerStatus = InferenceEvents['worker.changed'];

/** A file that waits for a worker. */
export interface Request {
  /** The queue's job, for those who watch. */
  readonly jobId: number;
  readonly task: WorkerTask;
  readonly resolve: (analysis: Analysis) => void;
  readonly reject: (reason: unknown) => void;
}

export interface WorkerSlot {
  /** Has a worker with its models loaded. */
  readonly isWarm: boolean;
  readonly status: WorkerStatus;
  /** Finishes its file, then leaves. */
  retire(): void;
  /** Another worker for the next file: the models changed. */
  replace(): Promise<void>;
  /** Ends what it is at: the application has no time left. Costs the file nothing. */
  kill(): void;
  /** Resolves when a retired slot has nothing left. */
  readonly done: Promise<void>;
}

export interface SlotParts {
  readonly host: WorkerHost;
  readonly clock: AlarmClock;
  readonly limits: () => Limits;
  readonly models: () => ModelSet;
  readonly access: ReadAccess;
  readonly dispatcher: ReturnType<typeof createDispatcher<Request, WorkerSlot>>;
  readonly tell: (status: WorkerStatus) => void;
  readonly tellProblems: (problems: readonly string[]) => void;
  readonly onServed: (request: Request, analysis: Analysis, tookMs: number) => void;
  /** A worker died; without a request when it was starting. */
  readonly onDeath: (death: WorkerDeath, request?: Request) => void;
}

const LONGEST_WAIT_S = 60;

/**
 * A place for a worker: starts one when there is a file, replaces it when it is worn out or dead (after 1, 2, 4 … 60 s
 * when they die one after another), and lets it go when there was nothing to do for a while.
 */
export function createWorkerSlot(component: string, parts: SlotParts): WorkerSlot {
  const { clock, dispatcher } = parts;
  const lifetime = createWorkerLifetime({ ...parts, component, tell: (next) => tell(next) });
  const rest = createRest(clock);
  let isRetired = false;
  let isKilled = false;
  let isBusy = false;
  let deaths = 0;
  let status: WorkerStatus = { component, status: 'stopping', pid: null, current_job: null };

  const slot = {
    get isWarm() {
      return lifetime.isWarm;
    },
    get status() {
      return status;
    },
    retire() {
      isRetired = true;
      rest.end();
      dispatcher.dismiss(slot);
    },
    async replace() {
      if (isBusy) lifetime.markStale();
      else await lifetime.release();
    },
    kill() {
      isKilled = true;
      lifetime.kill();
    },
    done: Promise.resolve(),
  };

  function tell(next: WorkerStatus['status'], request?: Request): void {
    status = { component, status: next, pid: lifetime.pid ?? null, current_job: request?.jobId ?? null };
    parts.tell(status);
  }

  async function died(death: WorkerDeath, request?: Request): Promise<void> {
    lifetime.forget();
    tell('crashed');
    parts.onDeath(death, request);
    const seconds = Math.min(2 ** deaths++, LONGEST_WAIT_S);
    if (!isRetired) await rest.take(seconds * 1000);
  }

  /** Resolves or rejects the request, whatever happens. */
  async function serve(request: Request): Promise<void> {
    let ready: WorkerProcess;
    try {
      ready = await lifetime.ready(request.task.file);
    } catch (thrown) {
      if (isKilled) return request.reject(closing());
      // Its signal speaks once only, and nobody would take it out of the line.
      if (request.task.signal?.aborted) request.reject(cancelled());
      else dispatcher.putBack(request);
      return died(asDeath(thrown));
    }
    if (isKilled) return request.reject(closing());
    tell('healthy', request);
    const began = clock.now();
    try {
      const analysis = await ready.analyze(request.task);
      deaths = 0;
      parts.onServed(request, analysis, clock.now() - began);
      request.resolve(analysis);
    } catch (thrown) {
      if (isKilled) return request.reject(closing());
      if (thrown instanceof WorkerDeath) return died(thrown, request);
      request.reject(thrown);
      if (isInternal(thrown)) await lifetime.release();
    }
    tell('healthy');
    if (lifetime.isWornOut(ready)) await lifetime.release();
  }

  async function nextRequest(): Promise<Request | undefined> {
    const stopWaiting = lifetime.isWarm ? clock.after(parts.limits().idleMs, () => void lifetime.release()) : () => {};
    const request = await dispatcher.take(slot);
    stopWaiting();
    return request;
  }

  async function work(): Promise<void> {
    while (!isRetired) {
      const request = await nextRequest();
      if (!request) continue;
      isBusy = true;
      await serve(request);
      isBusy = false;
    }
    await lifetime.release();
  }

  slot.done = work();
  return slot;
}

/** A pause that can be cut short. */
function createRest(clock: AlarmClock) {
  let end = () => {};
  return {
    end: () => end(),
    async take(ms: number): Promise<void> {
      await new Promise<void>((resolve) => {
        const stop = clock.after(ms, resolve);
        end = () => {
          stop();
          resolve();
        };
      });
    },
  };
}

const asDeath = (thrown: unknown) =>
  thrown instanceof WorkerDeath ? thrown : new WorkerDeath('The worker could not be started.', { cause: thrown });

/** Told to whoever still waits when the application closes. */
export const closing = () => new AppError('cancelled', 'Tonearm is closing.');

const isInternal = (thrown: unknown) => (thrown as { code?: unknown }).code === 'internal';
