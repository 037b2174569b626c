import type { Random } from './random';

const DRUMS = ['kick', 'snare', 'rim', 'clap', 'hat', 'openHat', 'ride', 'shaker', 'tom'] as const;
export type Drum = (typeof DRUMS)[number];

/** One stroke of a drum, made of falling sine and filtered noise; a kit sounds the same throughout a piece. */
export function createKit(sampleRate: number, random: Random): Record<Drum, Float32Array> {
  const noise = (seconds: number, decayS: number, brightness: number) => {
    const stroke = new Float32Array(Math.round(seconds * sampleRate));
    let low = 0;
    for (let i = 0; i < stroke.length; i++) {
      const white = random.between(-1, 1);
      low += (1 - brightness) * (white - low);
      stroke[i] = (brightness > 0.5 ? white - low : low) * Math.exp(-i / (decayS * sampleRate));
    }
    return stroke;
  };
  const thump = (fromHz: number, toHz: number, sweepS: number, decayS: number) => {
    const stroke = new Float32Array(Math.round(5 * decayS * sampleRate));
    let phase = 0;
    for (let i = 0; i < stroke.length; i++) {
      const seconds = i / sampleRate;
      phase += (2 * Math.PI * (toHz + (fromHz - toHz) * Math.exp(-seconds / sweepS))) / sampleRate;
      stroke[i] = Math.sin(phase) * Math.exp(-seconds / decayS) * Math.min(1, seconds / 0.001);
    }
    return stroke;
  };
  const tune = random.between(0.85, 1.15);
  const snap = random.between(0.8, 1.3);
  return {
    kick: mix([thump(170 * tune, 48 * tune, 0.03, 0.12 * snap), 0.9], [noise(0.02, 0.004, 0.3), 0.5]),
    snare: mix([thump(240 * tune, 180 * tune, 0.02, 0.06), 0.45], [noise(0.35, 0.07 * snap, 0.6), 0.6]),
    rim: mix([thump(900 * tune, 420, 0.005, 0.012), 0.5], [noise(0.04, 0.006, 0.7), 0.3]),
    clap: mix([noise(0.3, 0.05 * snap, 0.55), 0.6], [noise(0.05, 0.01, 0.7), 0.5]),
    hat: mix([noise(0.12, 0.022 * snap, 0.95), 0.35]),
    openHat: mix([noise(0.5, 0.13 * snap, 0.95), 0.3]),
    ride: mix([noise(0.7, 0.2, 0.97), 0.16], [noise(0.03, 0.008, 0.9), 0.25]),
    shaker: mix([noise(0.12, 0.035, 0.85), 0.2]),
    tom: mix([thump(190 * tune, 95 * tune, 0.05, 0.14), 0.7], [noise(0.05, 0.01, 0.5), 0.2]),
  };
}

function mix(...parts: readonly (readonly [Float32Array, number])[]): Float32Array {
  const stroke = new Float32Array(Math.max(...parts.map(([part]) => part.length)));
  for (const [part, gain] of parts) for (let i = 0; i < part.length; i++) stroke[i] += gain * part[i];
  return stroke;
}
