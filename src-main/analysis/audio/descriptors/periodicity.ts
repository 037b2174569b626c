const WINDOW = 1024;
const WINDOW_HOP = 512;
const LONGEST_LAG = 520;
const STILL_POWER = 1e-6;

/**
 * How well a stream of onset strengths agrees with itself some values later: the autocorrelation of windows of 1024
 * values, each divided by its own energy and by what overlaps, averaged over all windows in which something happens.
 */
export function createPeriodicity() {
  const ring = new Float64Array(WINDOW);
  const frame = new Float64Array(WINDOW);
  const sums = new Float64Array(LONGEST_LAG);
  let values = 0;
  let windows = 0;

  function addWindow(length: number): void {
    let mean = 0;
    for (let i = 0; i < length; i++) mean += ring[i] / length;
    const start = values % length;
    let energy = 0;
    for (let i = 0; i < length; i++) {
      frame[i] = ring[(start + i) % length] - mean;
      energy += frame[i] ** 2;
    }
    if (energy / length < STILL_POWER) return;
    for (let lag = 0; lag < Math.min(LONGEST_LAG, length / 2 + 8); lag++) {
      let sum = 0;
      for (let i = lag; i < length; i++) sum += frame[i] * frame[i - lag];
      sums[lag] += (sum * length) / (energy * (length - lag));
    }
    windows++;
  }

  return {
    push(value: number): void {
      ring[values++ % WINDOW] = value;
      if (values >= WINDOW && (values - WINDOW) % WINDOW_HOP === 0) addWindow(WINDOW);
    },
    /** Autocorrelation by lag, 1 at lag 0; empty for less than `shortest` values or when nothing happened. */
    finish(shortest: number): Float64Array {
      if (values < WINDOW && values >= shortest) addWindow(values);
      return windows === 0 ? new Float64Array() : sums.map((sum) => sum / windows);
    },
  };
}
