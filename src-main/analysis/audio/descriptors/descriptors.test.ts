import { expect, it } from 'vitest';
import { createDescriptors } from '.';

const RATE = 16_000;
const SECONDS = 20;

/** Twenty seconds of mono, sample by sample from its time in seconds. */
function signal(sampleAt: (seconds: number) => number): Float32Array {
  return Float32Array.from({ length: SECONDS * RATE }, (_, i) => sampleAt(i / RATE));
}

function measure(samples: Float32Array, blockSize = 5000) {
  const descriptors = createDescriptors({ sampleRate: RATE, channels: 1 });
  for (let from = 0; from < samples.length; from += blockSize) {
    descriptors.pushMono16k(samples.subarray(from, from + blockSize));
  }
  return descriptors.finish();
}

/** White noise that is the same each time. */
function noise(): Float32Array {
  let state = 1;
  return signal(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

const chord = (hz: readonly number[], seconds: number) =>
  hz.reduce((sum, tone) => sum + 0.15 * Math.sin(2 * Math.PI * tone * seconds), 0);
const C_MAJOR = [130.81, 261.63, 329.63, 392];
const G_MAJOR = [98, 246.94, 293.66, 392];
const F_MAJOR = [87.31, 220, 261.63, 349.23];

it('finds neither tempo nor key in silence', () => {
  expect(measure(signal(() => 0))).toMatchObject({ bpm: null, bpmConfidence: null, key: null, scale: null });
});

it('finds neither tempo nor key in noise', () => {
  expect(measure(noise())).toMatchObject({ bpm: null, key: null, keyConfidence: null });
});

it('finds no tempo in a drone', () => {
  expect(measure(signal((seconds) => chord(C_MAJOR, seconds))).bpm).toBeNull();
});

it('finds the tempo of even strokes', () => {
  const hiss = noise();
  const strokes = hiss.map((sample, i) => sample * Math.exp(-30 * ((i / RATE) % (60 / 128))));
  const { bpm, bpmConfidence } = measure(strokes);
  expect(Math.abs((bpm ?? 0) - 128)).toBeLessThan(1.5);
  expect(bpmConfidence).toBeGreaterThan(0.3);
});

it.each([
  [0, 'C'],
  [3, 'D#'],
  [9, 'A'],
])('finds the key of a cadence moved up by %i semitones, tuned a little high', (semitones, key) => {
  const factor = 2 ** ((semitones + 0.3) / 12);
  const cadence = [C_MAJOR, F_MAJOR, G_MAJOR, C_MAJOR].map((tones) => tones.map((hz) => hz * factor));
  const analyzed = measure(signal((seconds) => chord(cadence[Math.floor(seconds) % 4], seconds)));
  expect(analyzed).toMatchObject({ key, scale: 'major' });
  expect(analyzed.keyConfidence).toBeGreaterThan(0.3);
});

it('does not depend on how the signal is cut into blocks', () => {
  const music = signal(
    (seconds) => chord(seconds % 1 < 0.5 ? C_MAJOR : G_MAJOR, seconds) * Math.exp(-4 * (seconds % 0.5)),
  );
  expect(measure(music, 333)).toEqual(measure(music, music.length));
});
