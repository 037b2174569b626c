/** The time and its alarms, so that a test can let hours pass in a moment. */
export interface Clock {
  /** Milliseconds since 1970, and never backwards within a run by more than the machine's own clock does. */
  now(): number;
  /** Calls after a while; what it gives back calls it off. */
  after(ms: number, call: () => void): () => void;
}

/** The machine's clock. Its alarms do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
