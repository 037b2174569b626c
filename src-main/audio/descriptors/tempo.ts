import { createOnsetStrength, ONSET_RATE } from './onset-strength';

const WINDOW = 1024; // 8.2 s
const WINDOW_HOP = 256;
const LONGEST_LAG = 512;
const MIN_BPM = 50;
const MAX_BPM = 210;

export interface Tempo {
  readonly bpm: number | null;
  readonly bpmConfidence: number | null;
}

/**
 * Tempo of a signal: autocorrelation of the onset strength over windows of 8 s, averaged, read at a beat's multiples,
 * under a preference for tempi that people tap to.
 *
 * @see G. Percival, G. Tzanetakis, "Streamlined tempo estimation based on autocorrelation and cross-correlation with
 * pulses", 2014; D. Ellis, "Beat tracking by dynamic programming", 2007 (the preference)
 */
export function createTempoEstimator() {
  const ring = new Float64Array(WINDOW);
  const frame = new Float64Array(WINDOW);
  const sums = new Float64Array(LONGEST_LAG + 1);
  let values = 0;
  let windows = 0;

  function addWindow(): void {
    let mean = 0;
    for (const value of ring) mean += value / WINDOW;
    for (let i = 0; i < WINDOW; i++) frame[i] = ring[(values + i) % WINDOW] - mean;
    let energy = 0;
    for (const value of frame) energy += value * value;
    if (energy / WINDOW < 1e-6) return;
    for (let lag = 0; lag <= LONGEST_LAG; lag++) {
      let sum = 0;
      for (let i = lag; i < WINDOW; i++) sum += frame[i] * frame[i - lag];
      sums[lag] += (sum * WINDOW) / (energy * (WINDOW - lag));
    }
    windows++;
  }

  const push = createOnsetStrength((strength) => {
    ring[values % WINDOW] = strength;
    values++;
    if (values >= WINDOW && (values - WINDOW) % WINDOW_HOP === 0) addWindow();
  });

  return {
    push,
    finish(): Tempo {
      if (windows === 0) return { bpm: null, bpmConfidence: null };
      return choose(sums.map((sum) => sum / windows));
    },
  };
}

function choose(correlation: Float64Array): Tempo {
  let [best, bestScore] = [0, 0];
  for (let bpm = MIN_BPM; bpm <= MAX_BPM; bpm *= 1.003) {
    const score = comb(correlation, (60 * ONSET_RATE) / bpm) * preference(bpm);
    if (score > bestScore) [best, bestScore] = [bpm, score];
  }
  if (bestScore < 0.05) return { bpm: null, bpmConfidence: null };
  return { bpm: best, bpmConfidence: Math.min(1, comb(correlation, (60 * ONSET_RATE) / best)) };
}

/** Mean correlation at one to four beats, as far as the lags go. */
function comb(correlation: Float64Array, period: number): number {
  let [sum, count] = [0, 0];
  for (let beat = 1; beat <= 4 && beat * period < LONGEST_LAG; beat++, count++) sum += at(correlation, beat * period);
  return count === 0 ? 0 : sum / count;
}

function at(values: Float64Array, position: number): number {
  const index = Math.floor(position);
  return values[index] + (values[index + 1] - values[index]) * (position - index);
}

function preference(bpm: number): number {
  return Math.exp(-0.5 * (Math.log2(bpm / 115) / 0.9) ** 2);
}
