/** The time of now; a test gives its own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** A clock with timers; a test uses its own, in which hours pass in a moment. */
export interface AlarmClock {
  /** Milliseconds from some moment on. */
  now(): number;
  /** Calls once after so many milliseconds; the returned function cancels that. */
  after(ms: number, call: () => void): () => void;
}

/** Counts from 1970, as dates do. Its alarms do not keep the process alive. */
export const wallClock: AlarmClock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Never goes backwards, whatever is done to the machine's time. The process stays alive for its alarms. */
export const steadyClock: AlarmClock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** @returns whether the promise came first */
export async function within(clock: AlarmClock, ms: number, promise: Promise<unknown>): Promise<boolean> {
  let stop = () => {};
  const late = new Promise<boolean>((resolve) => {
    stop = clock.after(ms, () => resolve(false));
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    stop();
  }
}
