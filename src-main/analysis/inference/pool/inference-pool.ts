import { type AlarmClock, steadyClock } from '../../../platform/clock';
import type { EventBus } from '../../../platform/events';
import type { HealthEvents } from '../../../platform/health/contract';
import { createReadAccess, type ReadAccess, type WorkerHost } from '../../../platform/worker-process';
import type { Ffmpeg } from '../../audio';
import type { AnalyzeOptions } from '../analyze';
import type { InferenceEvents } from '../contract';
import type { QuarantineRepository } from '../results';
import type { Analysis, ModelSet } from '../session';
import { analysisVersion } from '../session';
import { createCrashedFiles } from './crashed-files';
import { createDispatcher } from './dispatcher';
import { DEFAULT_LIMITS, type Limits } from './limits';
import { createPace } from './pace';
import { createPoolHealth } from './pool-health';
import { createSecondDecoder } from './second-decoder';
import { cancelled, type WorkerDeath } from './worker-process';
import { closing, type Request, type WorkerSlot } from './worker-slot';
import { createWorkerSlots } from './worker-slots';

/** A file that the queue wants analyzed. */
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
  /** Which files its workers may read; without it each may read the folder of its file. */
  readonly access?: ReadAccess;
  readonly quarantine: Pick<QuarantineRepository, 'add' | 'findReason'>;
  /** The FFmpeg of this machine, where it is to be used. */
  readonly ffmpeg?: () => Promise<Ffmpeg | undefined>;
  readonly limits?: () => Partial<Limits>;
  readonly clock?: AlarmClock;
}

/**
 * Workers, each a process of its own, that analyze one file after another. A worker that aborts, hangs or eats memory
 * costs its file one attempt and nothing else; too many of them pause the pool until a person resumes it.
 */
export function createInferencePool(parts: PoolParts) {
  const { host, models, events, quarantine, clock = steadyClock, access = createReadAccess() } = parts;
  const limits = (): Limits => ({ ...DEFAULT_LIMITS, ...parts.limits?.() });
  const dispatcher = createDispatcher<Request, WorkerSlot>();
  const versionOf = (options: AnalyzeOptions) => analysisVersion(options.preset, models());
  const crashed = createCrashedFiles({ quarantine, versionOf, clock, crashWindowMs: limits().crashWindowMs });
  const pace = createPace();
  const crashesBefore = new WeakMap<Request, number>();
  const health = createPoolHealth({
    events,
    setPaused: (isPaused) => {
      dispatcher.isPaused = isPaused;
    },
  });
  const slots = createWorkerSlots({
    ...{ host, clock, limits, models, access, dispatcher, onDeath },
    tell: (status) => events.emit('worker.changed', status),
    tellProblems: health.setProblems,
    onServed({ task }, analysis, tookMs) {
      crashed.forget(task.file);
      pace.learn(task.options.preset, analysis.durationS, tookMs);
    },
  });

  const { ffmpeg = async () => undefined } = parts;
  const secondDecoder = createSecondDecoder({ host, clock, limits, models, access, ffmpeg });

  function onDeath(death: WorkerDeath, request?: Request): void {
    const { reason, recently } = crashed.died(death, request?.task, request && crashesBefore.get(request));
    request?.reject(reason);
    if (recently < limits().crashes) return;
    health.pause(`${recently} workers died in ten minutes; the last one: ${death.message}`);
  }

  return {
    /**
     * Analyzes a file as soon as a worker is free. Throws what the worker answered, `cancelled`, `worker_crashed` (worth
     * another try) and `quarantined` (not worth one).
     */
    async analyze(job: AnalyzeJob): Promise<Analysis> {
      const { file, options, signal, onProgress } = job;
      signal?.throwIfAborted();
      crashed.refuseQuarantined(job);
      const expectedMs = pace.expect(options.preset, options.expectedDurationS);
      const { promise, resolve, reject } = Promise.withResolvers<Analysis>();
      const task = { file, options: { ...options, decoder: 'builtin' as const }, expectedMs, signal, onProgress };
      const request: Request = {
        jobId: job.jobId,
        ...{ task, resolve, reject },
      };
      crashesBefore.set(request, job.crashes ?? 0);
      const withdraw = () => {
        if (dispatcher.withdraw(request)) reject(cancelled());
      };
      signal?.addEventListener('abort', withdraw);
      dispatcher.add(request);
      // One signal may stand for many files.
      return secondDecoder.complete(task, promise).finally(() => signal?.removeEventListener('abort', withdraw));
    },
    /** More or fewer workers, at once; those in excess finish their file. */
    setSize: slots.setSize,
    /** Has every worker replaced after its file, because the models changed. */
    restart: slots.replaceAll,
    pause: health.pause,
    /** Goes on after `pause`, or after too many crashes. */
    resume(): void {
      crashed.forgive();
      health.resume();
    },
    /** Why nothing is analyzed until `resume`; null while something is. */
    get pausedFor(): string | null {
      return health.pausedFor;
    },
    get size(): number {
      return slots.size;
    },
    /** What is wrong, as sentences: why it is paused, which models could not be used. */
    errors: health.errors,
    status: (): InferenceEvents['worker.changed'][] => slots.status(),
    /** Lets running files end, unless the signal says that there is no time, and every worker go. */
    async stop(now?: AbortSignal): Promise<void> {
      const killAll = () => {
        slots.killAll();
        secondDecoder.kill();
      };
      now?.addEventListener('abort', killAll);
      for (const request of dispatcher.withdrawAll()) request.reject(closing());
      const gone = slots.leave();
      if (now?.aborted) killAll();
      await gone;
      // What a worker had taken and could not be started for.
      for (const request of dispatcher.withdrawAll()) request.reject(closing());
    },
  };
}
export type InferencePool = ReturnType<typeof createInferencePool>;
