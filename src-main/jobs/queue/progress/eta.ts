/** The time that is left, in seconds, and the range that is shown. */
export interface Eta {
  readonly seconds: number;
  readonly low: number;
  readonly high: number;
}

const SAMPLE_MS = 5_000;
const WINDOW_MS = 5 * 60_000;
const HOLD_MS = 15_000;
const HIDDEN_MS = 30_000;
const HIDDEN_FILES = 20;
/** How far a new estimate may exceed the last one, unless the work has changed. */
const SLIP = 1.1;
/** The range is never narrower than this on either side, because the next tracks are not like the last. */
const LEAST_SPREAD = 0.12;

/**
 * Estimates the time that is left from the audio analyzed: the median speed of the last five minutes, in seconds of audio
 * a second. What is shown changes every 15 s at most, is hidden until there is something to go by (30 s, or 20 files),
 * and does not slip by more than a tenth at a time unless `allowJump` says why.
 */
export function createEta() {
  let speeds: { at: number; speed: number }[] = [];
  let from: { at: number; analyzedMs: number } | undefined;
  let runningSince: number | undefined;
  let ranMs = 0;
  let shown: { at: number; eta: Eta } | undefined;
  let isExcused = true;

  function spread(): { median: number; slow: number; fast: number } | undefined {
    const sorted = speeds.map(({ speed }) => speed).sort((a, b) => a - b);
    if (sorted.length === 0) return undefined;
    const median = quantile(sorted, 0.5);
    return {
      median,
      slow: Math.min(quantile(sorted, 0.25), median * (1 - LEAST_SPREAD)),
      fast: Math.max(quantile(sorted, 0.75), median * (1 + LEAST_SPREAD)),
    };
  }

  return {
    /** Notes how much audio was analyzed in all so far; call often while jobs run. */
    analyzed(now: number, analyzedMs: number): void {
      runningSince ??= now;
      if (!from || analyzedMs < from.analyzedMs) from = { at: now, analyzedMs };
      if (now - from.at < SAMPLE_MS) return;
      speeds.push({ at: now, speed: (analyzedMs - from.analyzedMs) / (now - from.at) });
      speeds = speeds.filter(({ at }) => now - at <= WINDOW_MS);
      from = { at: now, analyzedMs };
    },
    /** Nothing runs: the clock stands, and the time until it goes on is not counted. */
    rest(now: number): void {
      if (runningSince !== undefined) ranMs += now - runningSince;
      runningSince = undefined;
      from = undefined;
    },
    /** The work is another now (more was found, some was cancelled, more workers): the next estimate may jump. */
    allowJump(): void {
      isExcused = true;
    },
    /** All is done; the next work begins without memory of this one. */
    reset(): void {
      speeds = [];
      from = undefined;
      runningSince = undefined;
      ranMs = 0;
      shown = undefined;
      isExcused = true;
    },
    /** Seconds of audio a second; undefined before anything was measured. */
    speed: (): number | undefined => spread()?.median,
    estimate(now: number, left: { audioMs: number; filesDone: number }): Eta | undefined {
      if (runningSince === undefined) return shown?.eta;
      const speed = spread();
      const ran = ranMs + now - runningSince;
      if (!speed || speed.median <= 0 || (ran < HIDDEN_MS && left.filesDone < HIDDEN_FILES)) return undefined;
      if (shown && now - shown.at < HOLD_MS && !isExcused) return shown.eta;
      const leftS = left.audioMs / 1000;
      const promised = shown && !isExcused ? Math.max(0, shown.eta.seconds - (now - shown.at) / 1000) : undefined;
      const raw = leftS / speed.median;
      const seconds = promised === undefined ? raw : Math.min(raw, Math.max(promised * SLIP, promised + 1));
      const low = Math.min(seconds, leftS / speed.fast);
      const high = Math.max(seconds, speed.slow > 0 ? leftS / speed.slow : seconds * 2);
      shown = { at: now, eta: { seconds: Math.round(seconds), ...rounded(low, Math.min(high, seconds * 2 + 10)) } };
      isExcused = false;
      return shown.eta;
    },
  };
}

function quantile(sorted: readonly number[], q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below] + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]) * (at - below);
}

/** Steps that people think in: seconds by ten, minutes by one, five and fifteen. */
function rounded(low: number, high: number): { low: number; high: number } {
  const step = high <= 120 ? 10 : high <= 600 ? 60 : high <= 5400 ? 300 : 900;
  return { low: Math.floor(low / step) * step, high: Math.max(step, Math.ceil(high / step) * step) };
}
