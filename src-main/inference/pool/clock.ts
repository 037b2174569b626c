/** Time as the pool needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds from some moment on, never backwards. */
  now(): number;
  /** Calls once after so many milliseconds, unless what it gives back is called before. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** @returns whether the promise came first */
export async function within(clock: Clock, ms: number, promise: Promise<unknown>): Promise<boolean> {
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
