import type { AlarmClock } from '../../../platform/clock';

export interface Limits {
  /** Calls that run at the same time. */
  readonly atOnce: number;
  /** Calls that begin within any second. */
  readonly perSecond: number;
}

/** Runs calls in the order in which they came, within the limits. */
export function createLimiter({ atOnce, perSecond }: Limits, clock: AlarmClock) {
  const queued: (() => void)[] = [];
  /** When the last calls began, as many as may begin within a second. */
  const begun: number[] = [];
  let running = 0;
  let isWaiting = false;

  function startNext(): void {
    while (queued.length > 0 && running < atOnce && !isWaiting) {
      const waitMs = begun.length < perSecond ? 0 : begun[0] + 1000 - clock.now();
      if (waitMs > 0) {
        isWaiting = true;
        clock.after(waitMs, () => {
          isWaiting = false;
          startNext();
        });
        return;
      }
      if (begun.length >= perSecond) begun.shift();
      begun.push(clock.now());
      running += 1;
      queued.shift()!();
    }
  }

  return async function limited<T>(call: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      queued.push(resolve);
      startNext();
    });
    try {
      return await call();
    } finally {
      running -= 1;
      startNext();
    }
  };
}
