import { describe, expect, it } from 'vitest';
import { phaseTable } from '../signal/filter-design';
import { createResampler } from './resampler';

const sine = (length: number, hz: number, rate: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));

function resample(samples: Float32Array, from: number, to = 16_000, piece = samples.length): Float32Array {
  const resampler = createResampler(from, to);
  const parts: Float32Array[] = [];
  for (let at = 0; at < samples.length; at += piece)
    parts.push(resampler.push(samples.subarray(at, at + piece)).slice());
  parts.push(resampler.flush());
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

/** What the filter is by its definition: each output a sum over its own taps, in double precision. */
function filtered(samples: Float32Array, from: number): number[] {
  const { up, down, width, taps, rows } = phaseTable(from, 16_000);
  return Array.from({ length: Math.round((samples.length * up) / down) }, (_, n) => {
    const first = Math.floor((n * down) / up) - (width / 2 - 1);
    let sum = 0;
    for (let k = 0; k < width; k++) sum += taps[rows[n % up] + k] * (samples[first + k] ?? 0);
    return sum;
  });
}

/** Level in dB of what lies in the middle of a signal, away from its ends; a full sine is 0. */
function level(samples: Float32Array): number {
  const middle = samples.subarray(samples.length / 4, (3 * samples.length) / 4);
  return 10 * Math.log10((2 * middle.reduce((sum, x) => sum + x * x, 0)) / middle.length + 1e-30);
}

const noise = Float32Array.from({ length: 6000 }, (_, i) => Math.sin(i * i * 0.37));

const RATES = [8000, 11_025, 22_050, 32_000, 37_800, 44_100, 44_101, 48_000, 88_200, 96_000, 176_400, 192_000, 352_800];

describe.each(RATES)('from %i Hz', (rate) => {
  const nyquist = Math.min(rate, 16_000) / 2;

  it('keeps what is audible, in level and in time', () => {
    const hz = 0.6 * nyquist;
    const out = resample(sine(rate / 2, hz, rate), rate);
    const ideal = sine(out.length, hz, 16_000);
    for (let i = 400; i < out.length - 400; i++) expect(Math.abs(out[i] - ideal[i])).toBeLessThan(1e-3);
  });

  it('gives one sample for each moment of the output, rounded at the end', () => {
    for (const length of [0, 1, 2, 777, 4096, 5001]) {
      expect(resample(new Float32Array(length), rate)).toHaveLength(Math.round((length * 16_000) / rate));
    }
  });

  it('gives what the sums over its taps give', () => {
    const exact = filtered(noise, rate);
    const out = resample(noise, rate);
    expect(out).toHaveLength(exact.length);
    for (const [i, value] of exact.entries()) expect(Math.abs(out[i] - value)).toBeLessThan(1e-6);
  });

  it('gives the same samples however they come', () => {
    expect(resample(noise, rate, 16_000, 331)).toEqual(resample(noise, rate));
  });
});

it.each([44_100, 48_000, 96_000, 192_000])('lets nothing of what lies above 9.12 kHz through, from %i Hz', (rate) => {
  for (const hz of [9200, 10_500, 13_000, 15_900, 16_100, 19_000, 21_500]) {
    expect(level(resample(sine(rate, hz, rate), rate))).toBeLessThan(-90);
  }
});

it('measures the same recording alike at 44.1, 88.2 and 176.4 kHz', () => {
  const [single, double, fourfold] = [1, 2, 4].map((octave) =>
    resample(sine(9000 * octave, 7000, 44_100 * octave), 44_100 * octave),
  );
  for (let i = 50; i < single.length - 50; i++) {
    expect(Math.abs(double[i] - single[i])).toBeLessThan(1e-4);
    expect(Math.abs(fourfold[i] - single[i])).toBeLessThan(1e-4);
  }
});

it('is flat to 6.4 kHz', () => {
  for (const hz of [20, 1000, 3000, 5000, 6400]) {
    expect(Math.abs(level(resample(sine(44_100, hz, 44_100), 44_100)))).toBeLessThan(0.01);
  }
});

it('leaves a signal alone that has the rate already', () => {
  const samples = sine(1000, 440, 16_000);
  expect(resample(samples, 16_000)).toEqual(samples);
});
