export interface Tempo {
  /** Beats a minute, 50…210; null where there is no pulse: silence, noise, a drone, less than 4 s. */
  readonly bpm: number | null;
  /** 0…1: how clear the pulse is, times how likely this level of it is against its halves, doubles and thirds. */
  readonly bpmConfidence: number | null;
}

const MIN_BPM = 50;
const MAX_BPM = 210;
const STEP = 1.003;
/** What a listener may take for the beat besides the period that stands out most. */
const LEVELS = [1, 2, 1 / 2, 3 / 2, 2 / 3, 3, 1 / 3, 4 / 3, 3 / 4];
/** Below this the strongest period is chance: noise stays beneath it. */
const WEAKEST_PULSE = 0.04;
const CLEAR_PULSE = 0.25;

/**
 * What speaks for a period being the beat; the bass repeating at the measure decides most between a tempo and its
 * half. Fitted as a multinomial logit over synthetic pieces, and rounded; the test pieces of the benchmark are others.
 */
const WEIGHTS = { beat: 2.4, division: 2.1, pair: 1.5, measure: 0.5, bassMeasure: 1.75, distance: -1.6 };
/** High, because all the other terms favour the slower of two beats, beneath which more finds a place. */
const PREFERRED_BPM = 150;

/**
 * Chooses the beat among the periods of the autocorrelation. A comb over four beats, weighted for the tempi that people
 * tap to, finds the strongest period; then its halves, doubles and thirds are weighed against it by how they would
 * stand in a measure: whether the beat repeats, divides in two or three, and fills measures of three or four.
 *
 * @param whole autocorrelation of the onset strength by lag, `bass` that of its low bands, `rate` values a second
 * @see M. McKinney, D. Moelants, "Ambiguity in tempo perception", 2006; D. Ellis, "Beat tracking by dynamic
 * programming", 2007 (log-Gaussian preference); A. Klapuri et al., "Analysis of the meter of acoustic musical
 * signals", 2006 (division, beat and measure judged together)
 */
export function chooseTempo(whole: Float64Array, bass: Float64Array, rate: number): Tempo {
  const strongest = strongestBpm(whole, rate);
  if (strongest === undefined) return { bpm: null, bpmConfidence: null };
  const reference = Math.max(1e-3, highest(whole.subarray(8, 500)));
  const candidates = LEVELS.map((level) => strongest * level)
    .filter((bpm) => bpm >= MIN_BPM && bpm <= MAX_BPM)
    .map((bpm) => ({ bpm, score: plausibility(bpm, whole, bass, rate, reference) }))
    .sort((a, b) => b.score - a.score);
  const [best] = candidates;
  const share = 1 / candidates.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0);
  const clarity = Math.min(1, Math.max(0, comb(whole, (60 * rate) / strongest)) / CLEAR_PULSE);
  return { bpm: best.bpm, bpmConfidence: share * clarity };
}

function strongestBpm(whole: Float64Array, rate: number): number | undefined {
  let [best, bestScore, bestComb] = [0, 0, 0];
  for (let bpm = MIN_BPM; bpm <= MAX_BPM; bpm *= STEP) {
    const strength = comb(whole, (60 * rate) / bpm);
    const score = strength * Math.exp(-0.5 * (Math.log2(bpm / 115) / 0.9) ** 2);
    if (score > bestScore) [best, bestScore, bestComb] = [bpm, score, strength];
  }
  return bestComb < WEAKEST_PULSE ? undefined : best;
}

function plausibility(bpm: number, whole: Float64Array, bass: Float64Array, rate: number, reference: number): number {
  const period = (60 * rate) / bpm;
  const at = (beats: number) => peakNear(whole, beats * period) / reference;
  const bassAt = (beats: number) => peakNear(bass, beats * period) / reference;
  return (
    WEIGHTS.beat * at(1) +
    WEIGHTS.division * Math.max(at(1 / 2), (at(1 / 3) + at(2 / 3)) / 2) +
    WEIGHTS.pair * at(2) +
    WEIGHTS.measure * Math.max(at(3), at(4)) +
    WEIGHTS.bassMeasure * Math.max(bassAt(3), bassAt(4)) +
    WEIGHTS.distance * Math.log2(bpm / PREFERRED_BPM) ** 2
  );
}

/** Mean correlation at one to four beats, as far as the lags go. */
function comb(correlation: Float64Array, period: number): number {
  let [sum, count] = [0, 0];
  for (let beat = 1; beat <= 4 && beat * period < correlation.length - 1; beat++, count++) {
    const below = Math.floor(beat * period);
    sum += correlation[below] + (correlation[below + 1] - correlation[below]) * (beat * period - below);
  }
  return count === 0 ? 0 : sum / count;
}

/** The highest correlation within 2 % of a lag; 0 beyond the longest. */
function peakNear(correlation: Float64Array, lag: number): number {
  if (lag * 1.02 >= correlation.length - 2) return 0;
  return highest(correlation.subarray(Math.floor(lag * 0.98), Math.ceil(lag * 1.02) + 1));
}

function highest(values: Float64Array): number {
  let best = -1;
  for (const value of values) if (value > best) best = value;
  return best;
}
