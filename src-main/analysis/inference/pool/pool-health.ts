import type { EventBus } from '../../../platform/events';
import type { HealthEvents } from '../../../platform/health/contract';

export interface PoolHealthParts {
  readonly events: Pick<EventBus<HealthEvents>, 'emit'>;
  /** Told whether the pool rests. */
  readonly setPaused: (isPaused: boolean) => void;
}

/** What is wrong with the pool: whether it rests, and why, and which models its workers cannot use. */
export function createPoolHealth({ events, setPaused }: PoolHealthParts) {
  let problems: readonly string[] = [];
  let pausedFor: string | undefined;

  const errors = (): string[] => [...(pausedFor ? [`Analysis is paused: ${pausedFor}`] : []), ...problems];

  function publish(): void {
    const wrong = errors();
    events.emit('health.changed', { status: wrong.length > 0 ? 'degraded' : 'healthy', errors: wrong });
  }

  function setPause(reason: string | undefined): void {
    pausedFor = reason;
    setPaused(reason !== undefined);
    publish();
  }

  return {
    errors,
    pause: (reason: string): void => setPause(reason),
    resume: (): void => setPause(undefined),
    get pausedFor(): string | null {
      return pausedFor ?? null;
    },
    setProblems(next: readonly string[]): void {
      const isNew = next.join() !== problems.join();
      problems = next;
      if (isNew) publish();
    },
  };
}
