import { createFramer } from '../signal';
import { createPowerSpectrum } from './spectrum';

const SAMPLE_RATE = 16_000;
const FRAME = 8192;
const HOP = 4096;
const LOWEST_HZ = 40;
const HIGHEST_HZ = 2000;
const C0_HZ = 16.351597831287414;
/** Steps to a semitone in the profile, so that its tuning can be found. */
export const STEPS = 10;
const HARMONICS = 4;
const HARMONIC_DECAY = 0.6;
const SILENCE = 1e-8;

/**
 * How much each pitch class sounds, in steps of 10 cents from C at 440 Hz tuning: peaks of the spectrum, each also
 * counted for the tones whose harmonic it may be, every frame weighing the same.
 *
 * @see E. Gómez, "Tonal description of polyphonic audio for music content processing" (HPCP), 2006
 */
export function createPitchClasses() {
  const spectrum = createPowerSpectrum(FRAME);
  const total = new Float64Array(12 * STEPS);
  const frame = new Float64Array(12 * STEPS);
  let frames = 0;

  const push = createFramer(FRAME, HOP, (source, offset) => {
    frame.fill(0);
    if (!addPeaks(spectrum(source, offset), frame)) return;
    let highest = 0;
    for (const value of frame) highest = Math.max(highest, value);
    for (let i = 0; i < frame.length; i++) total[i] += frame[i] / highest;
    frames++;
  });
  return { push, finish: () => ({ profile: total, frames }) };
}

/** Adds the peaks of one spectrum; false when there are none. */
function addPeaks(powers: Float64Array, profile: Float64Array): boolean {
  const first = Math.ceil((LOWEST_HZ * FRAME) / SAMPLE_RATE);
  const last = Math.floor((HIGHEST_HZ * FRAME) / SAMPLE_RATE);
  let highest = 0;
  for (let k = first; k <= last; k++) highest = Math.max(highest, powers[k]);
  if (highest < SILENCE) return false;
  for (let k = first; k <= last; k++) {
    if (powers[k] < highest * 1e-4 || powers[k] < powers[k - 1] || powers[k] <= powers[k + 1]) continue;
    const [a, b, c] = [Math.log(powers[k - 1]), Math.log(powers[k]), Math.log(powers[k + 1])];
    const shift = (a - c) / (2 * (a - 2 * b + c));
    addPeak(profile, ((k + shift) * SAMPLE_RATE) / FRAME, Math.sqrt(powers[k]));
  }
  return true;
}

function addPeak(profile: Float64Array, hz: number, amplitude: number): void {
  for (let harmonic = 1, weight = amplitude; harmonic <= HARMONICS; harmonic++, weight *= HARMONIC_DECAY) {
    const step = Math.round(12 * STEPS * Math.log2(hz / harmonic / C0_HZ));
    if (step >= 0) profile[step % profile.length] += weight;
  }
}
