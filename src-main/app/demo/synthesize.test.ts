import { expect, it } from 'vitest';
import { encodeWav, renderPiece, STYLE_NAMES, STYLES } from '.';

const SAMPLE_RATE = 8000;

function aPiece(options: Partial<Parameters<typeof renderPiece>[0]> = {}) {
  return renderPiece({
    style: 'rock',
    bpm: 120,
    key: 'C',
    scale: 'major',
    seconds: 6,
    seed: 1,
    sampleRate: SAMPLE_RATE,
    ...options,
  });
}

it('gives the same piece for the same seed and another for another', () => {
  expect(aPiece()).toEqual(aPiece());
  expect(aPiece()).not.toEqual(aPiece({ seed: 2 }));
});

it.each(STYLE_NAMES)('plays %s for as long as asked, audibly and without clipping', (style) => {
  const [left, right] = aPiece({ style, bpm: STYLES[style].bpm[0] });
  expect([left.length, right.length]).toEqual([6 * SAMPLE_RATE, 6 * SAMPLE_RATE]);
  const power = left.reduce((sum, sample) => sum + sample * sample, 0) / left.length;
  expect(power).toBeGreaterThan(0.005);
  expect(Math.max(...left.map(Math.abs), ...right.map(Math.abs))).toBeLessThan(0.9);
});

it('writes every bar of a style with as many steps as its beats have', () => {
  for (const { beatsPerBar, stepsPerBeat, drums, bass, chords } of Object.values(STYLES)) {
    const patterns = [...drums.flatMap((variant) => Object.values(variant)), ...bass, ...chords];
    for (const pattern of patterns) {
      expect(pattern.split('|').map((beat) => beat.length)).toEqual(Array(beatsPerBar).fill(stepsPerBeat));
    }
  }
});

it('writes 16-bit PCM that says how long it is', () => {
  const wav = encodeWav([Float32Array.of(0, 1, -2), Float32Array.of(0.5, 0, 0)], 44_100);
  expect(wav.length).toBe(44 + 12);
  expect(wav.readUInt32LE(40)).toBe(12);
  expect([0, 2, 4, 6, 8, 10].map((at) => wav.readInt16LE(44 + at))).toEqual([0, 16_384, 32_767, 0, -32_767, 0]);
});
