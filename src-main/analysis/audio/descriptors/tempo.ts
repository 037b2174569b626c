import { createOnsetStrength, ONSET_RATE } from './onset-strength';
import { createPeriodicity } from './periodicity';
import { chooseTempo, type Tempo } from './tempo-choice';

const SHORTEST_S = 4;

/**
 * Tempo of a signal, supposed to keep it: autocorrelation of the onset strength, of the whole sound and of its bass,
 * then the choice among the periods found.
 *
 * @see G. Percival, G. Tzanetakis, "Streamlined tempo estimation based on autocorrelation and cross-correlation with
 * pulses", IEEE/ACM TASLP 22, 2014
 */
export function createTempoEstimator() {
  const whole = createPeriodicity();
  const bass = createPeriodicity();
  const push = createOnsetStrength((strength, bassStrength) => {
    whole.push(strength);
    bass.push(bassStrength);
  });
  return {
    /** 16 kHz mono. */
    push,
    finish(): Tempo {
      const shortest = SHORTEST_S * ONSET_RATE;
      return chooseTempo(whole.finish(shortest), bass.finish(shortest), ONSET_RATE);
    },
  };
}
