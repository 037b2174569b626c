import { statSync } from 'node:fs';
import { type AlarmClock, steadyClock } from '../../../platform/clock';
import type { EventBus } from '../../../platform/events';
import { stampOf } from '../../../platform/file-stamp';
import type { HealthEvents } from '../../../platform/health/contract';
import type { WorkerHost } from '../../../platform/worker-process';
import { AppError } from '../../../rpc';
import type { AnalyzeOptions } from '../analyze';
import type { InferenceEvents } from '../contract';
import type { QuarantineRepository } from '../results';
import type { Analysis, ModelSet } from '../session';
import { analysisVersion } from '../session';
import { createCrashLedger } from './crash-ledger';
import { createDispatcher } from './dispatcher';
import { DEFAULT_LIMITS, type Limits } from './limits';
import { createPace } from './pace';
import { cancelled, type WorkerDeath } from './worker-process';
import { closing, createWorkerSlot, type Request, type SlotParts, type WorkerSlot } from './worker-slot';

/** A file that the queue wants heard. */
export interface AnalyzeJob {
  /** Shown as what a worker is doing. */
  readonly jobId: number;
  /** Absolute. */
  readonly file: string;
  readonly options: AnalyzeOptions;
  /** How often workers died over it before this process began. */
  readonly crashes?: number;
  readonly signal?: AbortSignal;
  /** 0…1, at most four times a second. */
  readonly onProgress?: (fraction: number) => void;
}

export interface PoolParts {
  readonly host: WorkerHost;
  /** Asked whenever a worker starts. */
  readonly models: () => ModelSet;
  readonly events: Pick<EventBus<Pick<InferenceEvents, 'worker.changed'> & HealthEvents>, 'emit'>;
  readonly quarantine: Pick<QuarantineRepository, 'add' | 'findReason'>;
  readonly limits?: () => Partial<Limits>;
  readonly clock?: AlarmClock;
}

/** Crashes over one file that put it into quarantine. */
const CRASHES_OF_A_FILE = 2;
const QUARANTINE_REASON = 'crashed the analyser';

/**
 * Workers, each a process of its own, that listen to one file after another. A worker that aborts, hangs or eats memory
 * costs its file one attempt and nothing else; too many of them pause the pool until a person resumes it.
 */
export function createInferencePool(parts: PoolParts) {
  const clock = parts.clock ?? steadyClock;
  const limits = (): Limits => ({ ...DEFAULT_LIMITS, ...parts.limits?.() });
  const dispatcher = createDispatcher<Request, WorkerSlot>();
  const ledger = createCrashLedger(clock, limits().crashWindowMs);
  const pace = createPace();
  const crashesBefore = new WeakMap<Request, number>();
  const slots: WorkerSlot[] = [];
  let leaving: WorkerSlot[] = [];
  let problems: readonly string[] = [];
  let pausedFor: string | undefined;

  const slotParts: SlotParts = {
    host: parts.host,
    clock,
    limits,
    models: parts.models,
    dispatcher,
    tell: (status) => parts.events.emit('worker.changed', status),
    tellProblems: (next) => {
      const isNew = next.join() !== problems.join();
      problems = next;
      if (isNew) tellHealth();
    },
    onServed: ({ task }, analysis, tookMs) => {
      ledger.forget(task.file);
      pace.learn(task.options.preset, analysis.durationS, tookMs);
    },
    onDeath,
  };

  function onDeath(death: WorkerDeath, request?: Request): void {
    const { ofFile, recently } = ledger.crashed(request?.task.file, request && crashesBefore.get(request));
    if (request) request.reject(ofFile < CRASHES_OF_A_FILE ? crashed(death) : quarantine(request, death));
    if (recently >= limits().crashes) pause(`${recently} workers died in ten minutes; the last one: ${death.message}`);
  }

  function quarantine({ task }: Request, death: WorkerDeath): AppError {
    const file = stampNow(task.file);
    ledger.forget(task.file);
    if (file) parts.quarantine.add(task.file, file, versionFor(task.options), QUARANTINE_REASON);
    return quarantined(`${QUARANTINE_REASON}. ${death.message}`);
  }

  function pause(reason: string): void {
    pausedFor = reason;
    dispatcher.isPaused = true;
    tellHealth();
  }

  function tellHealth(): void {
    const wrong = errors();
    parts.events.emit('health.changed', { status: wrong.length > 0 ? 'degraded' : 'healthy', errors: wrong });
  }

  const versionFor = (options: AnalyzeOptions) => analysisVersion(options.preset, parts.models());
  const errors = (): string[] => [...(pausedFor ? [`Analysis is paused: ${pausedFor}`] : []), ...problems];

  return {
    /**
     * Hears a file as soon as a worker is free. Throws what the worker answered, `cancelled`, `worker_crashed` (worth
     * another try) and `quarantined` (not worth one).
     */
    async analyze(job: AnalyzeJob): Promise<Analysis> {
      job.signal?.throwIfAborted();
      const file = stampNow(job.file);
      if (!file) throw new AppError('not_found', 'The file is not there any more.');
      const reason = parts.quarantine.findReason(job.file, file, versionFor(job.options));
      if (reason) throw quarantined(reason);
      const { options, signal, onProgress } = job;
      const expectedMs = pace.expect(options.preset, options.expectedDurationS);
      return new Promise<Analysis>((resolve, reject) => {
        const task = { file: job.file, options, expectedMs, signal, onProgress };
        const leave = () => {
          if (dispatcher.withdraw(request)) request.reject(cancelled());
        };
        // One signal may stand for many files.
        const over =
          <T>(settle: (how: T) => void) =>
          (how: T) => {
            signal?.removeEventListener('abort', leave);
            settle(how);
          };
        const request: Request = { jobId: job.jobId, task, resolve: over(resolve), reject: over(reject) };
        crashesBefore.set(request, job.crashes ?? 0);
        signal?.addEventListener('abort', leave);
        dispatcher.add(request);
      });
    },
    /** More or fewer workers, at once; those in excess finish their file. */
    setSize(size: number): void {
      while (slots.length < size) slots.push(createWorkerSlot(`worker:tag:${slots.length}`, slotParts));
      for (const slot of slots.splice(size)) retire(slot);
    },
    /** Has every worker replaced after its file, because the models changed. */
    async restart(): Promise<void> {
      await Promise.all(slots.map((slot) => slot.replace()));
    },
    pause,
    /** Goes on after `pause`, or after too many crashes. */
    resume(): void {
      ledger.forgive();
      pausedFor = undefined;
      dispatcher.isPaused = false;
      tellHealth();
    },
    /** Why nothing is heard until `resume`; null while something is. */
    get pausedFor(): string | null {
      return pausedFor ?? null;
    },
    get size(): number {
      return slots.length;
    },
    /** What is wrong, as sentences: why it is paused, which models could not be used. */
    errors,
    status: (): InferenceEvents['worker.changed'][] => slots.map((slot) => slot.status),
    /** Lets running files end, unless the signal says that there is no time, and every worker go. */
    async stop(now?: AbortSignal): Promise<void> {
      const killAll = () => [...slots, ...leaving].map((slot) => slot.kill());
      now?.addEventListener('abort', killAll);
      for (const request of dispatcher.withdrawAll()) request.reject(closing());
      for (const slot of slots.splice(0)) retire(slot);
      if (now?.aborted) killAll();
      await Promise.all(leaving.map((slot) => slot.done));
      // What a worker had taken and could not be started for.
      for (const request of dispatcher.withdrawAll()) request.reject(closing());
    },
  };

  function retire(slot: WorkerSlot): void {
    leaving.push(slot);
    slot.retire();
    slot.done.then(() => {
      leaving = leaving.filter((each) => each !== slot);
    });
  }
}
export type InferencePool = ReturnType<typeof createInferencePool>;

const crashed = (death: WorkerDeath) =>
  new AppError('worker_crashed', `The analyser was lost over this file. ${death.message}`, { cause: death });

const quarantined = (reason: string) =>
  new AppError('quarantined', `The file is left alone until it or the models change: it ${reason}`);

/** At once: between the look and the line of those who wait, nobody else gets his turn. */
function stampNow(file: string) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && stampOf(found);
}
