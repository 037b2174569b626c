import { wavHeader } from '../../src-main/app/demo';

/** A sound as a function of time in seconds, −1…1. */
export type Sound = (t: number) => number;

/** Mono 16-bit PCM in a WAV file, made of a function of time. */
export function wavOf(sound: Sound, options: { seconds: number; sampleRate?: number }): Buffer {
  const { seconds, sampleRate = 16_000 } = options;
  const samples = Int16Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) =>
    Math.round(32_767 * Math.max(-1, Math.min(1, sound(i / sampleRate)))),
  );
  const header = wavHeader({ frames: samples.length, channels: 1, sampleRate });
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}

/** The signal of the golden vectors: three sines, at 440, 1234.5 and 5000 Hz. */
export const threeSines: Sound = (t) =>
  0.5 * Math.sin(2 * Math.PI * 440 * t) +
  0.25 * Math.sin(2 * Math.PI * 1234.5 * t) +
  0.1 * Math.sin(2 * Math.PI * 5000 * t);

/** Soft sustained chords that change every four seconds. */
export const softChords: Sound = (t) => {
  const chords = [
    [220, 277.18, 329.63],
    [196, 246.94, 293.66],
    [174.61, 220, 261.63],
  ];
  const within = t % 4;
  const swell = Math.min(1, within, 4 - within);
  return chords[Math.floor(t / 4) % 3].reduce((sum, f) => sum + 0.1 * swell * Math.sin(2 * Math.PI * f * t), 0);
};

/** White noise, the same at every run. */
export function whiteNoise(level = 0.5): Sound {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return level * (state / 2 ** 31);
  };
}
