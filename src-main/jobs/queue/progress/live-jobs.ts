import type { AlarmClock } from '../../../platform/clock';
import type { EventBus } from '../../../platform/events';
import type { QueueEvents } from '../contract';
import type { Job, JobKinds } from '../job';

/** At most four events a second for the progress of one job. */
const EMIT_EVERY_MS = 250;

/** What is known of a running job beyond its row. */
export interface LiveJob {
  readonly phase: string;
  readonly fraction: number;
}

interface Entry extends LiveJob {
  readonly weightedMs: number;
  readonly emittedAt: number;
}

/** The jobs that run now: how far each is, and the events that say so. */
export function createLiveJobs({ kinds, events, clock }: LiveJobsDeps) {
  const live = new Map<number, Entry>();

  function emit(job: Job): void {
    const now = live.get(job.id);
    events.emit('job.changed', {
      id: job.id,
      kind: job.kind,
      path: job.path,
      status: job.status,
      error: job.status === 'error' ? job.errorMessage : null,
      reason: job.reasonCode,
      phase: now?.phase ?? null,
      phase_label: now ? kinds.phaseLabelOf(job.kind, now.phase) : null,
      progress: progressOf(job, now),
    });
  }

  return {
    find: (id: number): LiveJob | undefined => live.get(id),
    count: () => live.size,
    /** How much audio was analyzed of what runs, by the weights of the kinds. */
    analyzedMs: () => [...live.values()].reduce((sum, { weightedMs, fraction }) => sum + weightedMs * fraction, 0),
    emit,
    add(job: Job): void {
      const weightedMs = (job.audioMs ?? 0) * kinds.weightOf(job.kind);
      live.set(job.id, { phase: 'starting', fraction: 0, weightedMs, emittedAt: clock.now() });
    },
    /** @returns how far the job came, 0…1 */
    remove({ id }: Job): number {
      const { fraction = 0 } = live.get(id) ?? {};
      live.delete(id);
      return fraction;
    },
    advance(job: Job, fraction: number, phase: string): void {
      const before = live.get(job.id);
      if (!before) return;
      const now = clock.now();
      const isEmitted = phase !== before.phase || now - before.emittedAt >= EMIT_EVERY_MS;
      const reached = Math.max(before.fraction, Math.min(1, fraction));
      live.set(job.id, { ...before, phase, fraction: reached, emittedAt: isEmitted ? now : before.emittedAt });
      if (isEmitted) emit(job);
    },
  };
}
export type LiveJobs = ReturnType<typeof createLiveJobs>;

export interface LiveJobsDeps {
  readonly kinds: JobKinds;
  readonly events: Pick<EventBus<QueueEvents>, 'emit'>;
  readonly clock: Pick<AlarmClock, 'now'>;
}

/** 0…1: how much of a job is done. */
export function progressOf(job: Job, live: LiveJob | undefined): number {
  if (job.status === 'running') return live?.fraction ?? 0;
  return job.status === 'pending' ? 0 : 1;
}
