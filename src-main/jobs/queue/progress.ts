import type { AlarmClock } from '../../platform/clock';
import type { EventBus } from '../../platform/events';
import type { QueueEvents, QueueStatus } from './contract';
import { createEta } from './eta';
import type { Job } from './job';
import type { JobViews } from './job-views';

const STATUS_EVERY_MS = 250;
const JOB_EVERY_MS = 250;
/** While something runs the numbers are told again although nothing else happened. */
const HEARTBEAT_MS = 1_000;
const RECENT = 50;

/** What is known of a running job beyond its row. */
export interface Live {
  readonly phase: string;
  readonly fraction: number;
}

export interface ProgressDeps {
  readonly views: JobViews;
  readonly events: EventBus<QueueEvents>;
  readonly clock: AlarmClock;
  readonly isPaused: () => boolean;
  /** Why nothing starts although nobody paused. */
  readonly suspendedReason: () => string | null;
  /** Audio already heard in the batches that are not done, from before this start. */
  readonly analyzedBeforeMs: number;
}

/**
 * Follows the jobs, keeps the measure of time, and tells listeners: four times a second at most, the last word always.
 */
export function createProgress({ views, events, clock, isPaused, suspendedReason, analyzedBeforeMs }: ProgressDeps) {
  const live = new Map<number, Live & { audioMs: number; toldAt: number }>();
  const eta = createEta();
  const recentMs: number[] = [];
  let endedMs = analyzedBeforeMs;
  let isFresh = false;
  let analyzedMs = 0;
  let filesDone = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | undefined;
  let isDue = false;

  const runningMs = () => [...live.values()].reduce((sum, { audioMs, fraction }) => sum + audioMs * fraction, 0);

  function status(): QueueStatus {
    const { jobs } = views.totals();
    const tag = views.totals('tag');
    const now = clock.now();
    if (live.size > 0 && !isPaused()) eta.analyzed(now, analyzedMs + runningMs());
    else eta.rest(now);
    const leftMs = Math.max(0, tag.audioMs.pending + tag.audioMs.running - runningMs());
    const isIdle = jobs.pending + jobs.running === 0;
    if (isIdle) forget();
    const left = isIdle ? undefined : eta.estimate(now, { audioMs: leftMs, filesDone });
    const mean = recentMs.length > 0 ? recentMs.reduce((a, b) => a + b) / recentMs.length / 1000 : null;
    return {
      pending: jobs.pending,
      running: jobs.running,
      completed: jobs.done,
      skipped: jobs.skipped,
      errors: jobs.error,
      paused: isPaused(),
      held_reason: suspendedReason(),
      avg_time: mean,
      eta: left?.seconds ?? null,
      eta_low: left?.low ?? null,
      eta_high: left?.high ?? null,
      speed: eta.speed() ?? null,
      audio_done_s: (endedMs + runningMs()) / 1000,
      audio_total_s: (endedMs + runningMs() + leftMs) / 1000,
    };
  }

  /** The next work begins at zero; the sums of this one stay to be read until then. */
  function forget(): void {
    eta.reset();
    isFresh = true;
    analyzedMs = 0;
    filesDone = 0;
  }

  function tellStatus(): void {
    callOff?.();
    toldAt = clock.now();
    events.emit('queue.status', status());
    callOff = live.size > 0 ? clock.after(HEARTBEAT_MS, tellStatus) : undefined;
    isDue = false;
  }

  function statusChanged(): void {
    if (isDue) return;
    const wait = toldAt + STATUS_EVERY_MS - clock.now();
    if (wait <= 0) {
      tellStatus();
      return;
    }
    isDue = true;
    callOff?.();
    callOff = clock.after(wait, tellStatus);
  }

  function tellJob(job: Job): void {
    const now = live.get(job.id);
    events.emit('job.changed', {
      id: job.id,
      kind: job.kind,
      path: job.path,
      status: job.status,
      error: job.status === 'error' ? job.errorMessage : null,
      reason: job.reasonCode,
      phase: now?.phase ?? null,
      progress: progressOf(job, now),
    });
  }

  function started(job: Job): void {
    if (isFresh) endedMs = 0;
    isFresh = false;
    live.set(job.id, { phase: 'starting', fraction: 0, audioMs: job.audioMs ?? 0, toldAt: clock.now() });
  }

  function ended(job: Job): void {
    const { fraction = 0 } = live.get(job.id) ?? {};
    live.delete(job.id);
    if (job.kind !== 'tag' || job.status === 'pending') return;
    const audioMs = job.audioMs ?? 0;
    endedMs += audioMs;
    // What was skipped at once says nothing about the speed of listening.
    if (fraction === 0) return;
    analyzedMs += job.status === 'error' ? audioMs * fraction : audioMs;
    filesDone++;
    recentMs.push(Date.parse(job.finishedAt!) - Date.parse(job.startedAt!));
    if (recentMs.length > RECENT) recentMs.shift();
  }

  return {
    status,
    statusChanged,
    tellJob,
    live: (id: number): Live | undefined => live.get(id),
    allowJump: () => eta.allowJump(),
    jobChanged(job: Job): void {
      if (job.status === 'running') started(job);
      else ended(job);
      tellJob(job);
      statusChanged();
    },
    advanced(job: Job, fraction: number, phase: string): void {
      const before = live.get(job.id);
      if (!before) return;
      const now = clock.now();
      const isTold = phase !== before.phase || now - before.toldAt >= JOB_EVERY_MS;
      const reached = Math.max(before.fraction, Math.min(1, fraction));
      live.set(job.id, { ...before, phase, fraction: reached, toldAt: isTold ? now : before.toldAt });
      if (isTold) tellJob(job);
    },
    stop(): void {
      callOff?.();
      if (isDue) events.emit('queue.status', status());
      isDue = false;
    },
  };
}

/** 0…1: how much of a job is done. */
export function progressOf(job: Job, live: Live | undefined): number {
  if (job.status === 'running') return live?.fraction ?? 0;
  return job.status === 'pending' ? 0 : 1;
}
