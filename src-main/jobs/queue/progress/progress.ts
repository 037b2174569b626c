import type { AlarmClock } from '../../../platform/clock';
import type { EventBus } from '../../../platform/events';
import type { QueueEvents, QueueStatus } from '../contract';
import type { Job, JobKinds } from '../job';
import type { JobViews } from '../store';
import { createLiveJobs } from './live-jobs';
import { createThroughput } from './throughput';

const EMIT_EVERY_MS = 250;
/** While jobs run the status is emitted again although nothing else happened. */
const HEARTBEAT_MS = 1_000;

export interface ProgressDeps {
  readonly views: JobViews;
  readonly kinds: JobKinds;
  readonly events: EventBus<QueueEvents>;
  readonly clock: AlarmClock;
  readonly isPaused: () => boolean;
  /** Why no job begins although nobody paused. */
  readonly suspendedReason: () => string | null;
}

/** Follows the jobs and emits the status of the queue: four times a second at most, and always the last one. */
export function createProgress({ views, kinds, events, clock, isPaused, suspendedReason }: ProgressDeps) {
  const live = createLiveJobs({ kinds, events, clock });
  const throughput = createThroughput({ views, kinds, live, clock, isPaused });
  let emittedAt = Number.NEGATIVE_INFINITY;
  let cancelAlarm = () => {};
  let isDue = false;

  function status(): QueueStatus {
    const { jobs } = views.totals();
    return {
      pending: jobs.pending,
      running: jobs.running,
      completed: jobs.done + jobs.skipped,
      skipped: jobs.skipped,
      errors: jobs.error,
      paused: isPaused(),
      held_reason: suspendedReason(),
      ...throughput.read(jobs.pending + jobs.running === 0),
    };
  }

  function emitStatus(): void {
    cancelAlarm();
    emittedAt = clock.now();
    events.emit('queue.status', status());
    cancelAlarm = live.count() > 0 ? clock.after(HEARTBEAT_MS, emitStatus) : () => {};
    isDue = false;
  }

  function statusChanged(): void {
    if (isDue) return;
    const leftMs = emittedAt + EMIT_EVERY_MS - clock.now();
    if (leftMs <= 0) {
      emitStatus();
      return;
    }
    isDue = true;
    cancelAlarm();
    cancelAlarm = clock.after(leftMs, emitStatus);
  }

  return {
    status,
    statusChanged,
    emitJob: live.emit,
    live: live.find,
    /** The time left may change at once, because the work is another now. */
    allowJump: throughput.allowJump,
    /** A job runs, has ended or is pending again. */
    jobChanged(job: Job): void {
      if (job.status === 'running') {
        throughput.jobStarted();
        live.add(job);
      } else throughput.jobEnded(job, live.remove(job));
      live.emit(job);
      statusChanged();
    },
    advanced: live.advance,
    stop(): void {
      cancelAlarm();
      if (isDue) events.emit('queue.status', status());
      isDue = false;
    },
  };
}
