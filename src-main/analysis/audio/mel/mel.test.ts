import { expect, it } from 'vitest';
import { createMelFrontEnd } from './mel';
import { htkBands, type MelBands, slaneyBands } from './mel-bands';

/** Three sines that fall on different bands, 16 kHz. */
function threeSines(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    const turn = (2 * Math.PI * i) / 16_000;
    return 0.5 * Math.sin(440 * turn) + 0.25 * Math.sin(1234.5 * turn) + 0.1 * Math.sin(5000 * turn);
  });
}

const GOLDEN_MUSICNN: Record<number, number> = {
  0: 0.0001,
  8: 0.1431,
  10: 1.0404,
  11: 2.1748,
  12: 5.3801,
  13: 6.0892,
  14: 5.6748,
  15: 4.4902,
  30: 0.0331,
  37: 5.1205,
  38: 5.3504,
  39: 4.4336,
  40: 2.0107,
  60: 0,
  95: 0,
};
const GOLDEN_VGGISH: Record<number, number> = {
  0: -3.8135,
  1: -2.7615,
  2: -2.1952,
  7: 3.1895,
  8: 4.0872,
  9: 3.6457,
  10: 1.7983,
  12: -1.5268,
  13: -1.7532,
  23: 3.707,
  24: 2.7527,
  27: -2.8598,
  28: -3.6562,
  54: 2.9286,
  63: -4.5921,
};

it.each([
  ['musicnn', 512, GOLDEN_MUSICNN],
  ['vggish', 400, GOLDEN_VGGISH],
] as const)('makes the mel bands of one %s frame as the model met them in training', (kind, frame, golden) => {
  const front = createMelFrontEnd(kind, { completeFramesOnly: true });
  expect(front.push(threeSines(frame))).toHaveLength(0);
  const bands = front.finish();
  expect(bands).toHaveLength(front.bands);
  for (const [band, value] of Object.entries(golden)) expect(Math.abs(bands[Number(band)] - value)).toBeLessThan(1e-3);
});

it('places the edges of the bands where the Slaney and HTK scales put them', () => {
  const slaney = slaneyBands(31.25).edges;
  expect(slaney).toHaveLength(98);
  const known = { 1: 31.0967, 4: 124.3866, 31: 963.9965, 33: 1027.377, 36: 1131.1295, 94: 7266.2022, 97: 8000 };
  for (const [edge, hz] of Object.entries(known)) expect(slaney[Number(edge)]).toBeCloseTo(hz, 3);
  const htk = htkBands(31.25).edges;
  expect(htk).toHaveLength(66);
  for (const [edge, hz] of Object.entries({ 0: 125, 1: 154.669, 3: 217.2462, 64: 7215.345, 65: 7500 })) {
    expect(htk[Number(edge)]).toBeCloseTo(hz, 3);
  }
});

it.each([
  ['musicnn', 256],
  ['vggish', 160],
] as const)('gives one centred %s frame for each hop that begins within the signal', (kind, hop) => {
  for (const length of [1, hop - 1, hop, hop + 1, 511, 512, 513, 4000, 10 * hop]) {
    const front = createMelFrontEnd(kind);
    const values = front.push(threeSines(length)).length + front.finish().length;
    expect(values / front.bands).toBe(Math.ceil(length / hop));
  }
});

it('makes no frame of nothing, and exact zeros of silence', () => {
  const nothing = createMelFrontEnd('musicnn');
  expect(nothing.finish()).toHaveLength(0);
  const silence = createMelFrontEnd('musicnn').push(new Float32Array(16_000));
  expect(silence.length).toBeGreaterThan(0);
  expect(silence.every((value) => value === 0)).toBe(true);
});

it('gives the same frames however the samples are cut into pieces', () => {
  const samples = threeSines(20_000);
  for (const kind of ['musicnn', 'vggish'] as const) {
    const atOnce = createMelFrontEnd(kind);
    const whole = [...atOnce.push(samples), ...atOnce.finish()];
    const front = createMelFrontEnd(kind);
    const pieces: number[] = [];
    let length = 1;
    for (let at = 0; at < samples.length; at += length, length = (length * 7 + 3) % 1500) {
      pieces.push(...front.push(samples.subarray(at, at + length)));
    }
    pieces.push(...front.finish());
    expect(pieces).toEqual(whole);
  }
});

/** One frame's bands in double precision, by the definition of the transform. */
function slowBands(frame: Float32Array, { rows }: MelBands, isOfMagnitudes: boolean): number[] {
  const windowed = frame.map((x, i) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (frame.length - 1))));
  const spectrum = Array.from({ length: 257 }, (_, k) => {
    let [re, im] = [0, 0];
    for (const [i, x] of windowed.entries()) {
      re += x * Math.cos((2 * Math.PI * k * i) / 512);
      im -= x * Math.sin((2 * Math.PI * k * i) / 512);
    }
    return isOfMagnitudes ? Math.hypot(re, im) : re * re + im * im;
  });
  return rows.map(({ first, weights }) => weights.reduce((sum, weight, i) => sum + weight * spectrum[first + i], 0));
}

it.each([
  ['musicnn', 512, 256, slaneyBands(31.25), (x: number) => Math.log10(1 + 10_000 * x)],
  ['vggish', 400, 160, htkBands(31.25), (x: number) => Math.log(x + 0.01)],
] as const)('is as exact as single precision in each of six %s frames', (kind, frame, hop, bands, compress) => {
  // From loud to hardly anything, each frame unlike the next.
  const samples = threeSines(frame + 5 * hop).map((x, i) => (x + Math.sin(i * i)) * 10 ** (-i / 400));
  const front = createMelFrontEnd(kind, { completeFramesOnly: true });
  const given = [...front.push(samples), ...front.finish()];
  const expected = [0, 1, 2, 3, 4, 5].flatMap((i) =>
    slowBands(samples.subarray(i * hop, i * hop + frame), bands, kind === 'vggish').map(compress),
  );
  expect(given).toHaveLength(expected.length);
  for (const [i, value] of given.entries()) expect(Math.abs(value - expected[i]), `${i}`).toBeLessThan(1e-5);
});

it('counts 1874 complete frames in 30 seconds', () => {
  const front = createMelFrontEnd('musicnn', { completeFramesOnly: true });
  expect((front.push(threeSines(480_000)).length + front.finish().length) / front.bands).toBe(1874);
});
