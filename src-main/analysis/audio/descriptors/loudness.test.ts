import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedAudio } from '../../../../test/support/real-music';
import { requires } from '../../../../test/support/requirements';
import { defaultLayout } from '../channels';
import { createDescriptors, type Descriptors } from '.';
import { kWeighting } from './k-weighting';
import { channelWeight } from './loudness';

const RATE = 48_000;
type Section = readonly [seconds: number, dbfs: number];

/** A sine of 1 kHz in both channels, one level after the other. */
function sine(sections: readonly Section[], rate = RATE): Float32Array[] {
  const ends = sections.map((_, i) => sections.slice(0, i + 1).reduce((sum, [seconds]) => sum + seconds * rate, 0));
  const channel = new Float32Array(Math.round(ends.at(-1) ?? 0));
  for (let i = 0, section = 0; i < channel.length; i++) {
    if (i >= ends[section]) section++;
    channel[i] = 10 ** (sections[section][1] / 20) * Math.sin((2 * Math.PI * 1000 * i) / rate);
  }
  return [channel, channel];
}

function descriptorsOf(channels: readonly Float32Array[], sampleRate = RATE, blockSize = 4096): Descriptors {
  const descriptors = createDescriptors({ sampleRate, channels: channels.length });
  for (let from = 0; from < channels[0].length; from += blockSize) {
    descriptors.push(channels.map((channel) => channel.subarray(from, from + blockSize)));
  }
  return descriptors.finish();
}

describe('loudness after EBU Tech 3341', () => {
  it.each<[string, readonly Section[], number]>([
    ['1', [[20, -23]], -23],
    ['2', [[20, -33]], -33],
    [
      '3',
      [
        [10, -36],
        [60, -23],
        [10, -36],
      ],
      -23,
    ],
    [
      '4',
      [
        [10, -72],
        [10, -36],
        [60, -23],
        [10, -36],
        [10, -72],
      ],
      -23,
    ],
    [
      '5',
      [
        [20, -26],
        [20.1, -20],
        [20, -26],
      ],
      -23,
    ],
  ])('case %s is within 0.1 LU', (_, sections, lufs) => {
    expect(Math.abs((descriptorsOf(sine(sections)).loudnessLufs ?? 0) - lufs)).toBeLessThan(0.1);
  });

  it('case 6, five channels, is within 0.1 LU', () => {
    const at = (dbfs: number) => sine([[20, dbfs]])[0];
    const surround = [at(-28), at(-28), at(-24), new Float32Array(20 * RATE), at(-30), at(-30)];
    expect(Math.abs((descriptorsOf(surround).loudnessLufs ?? 0) + 23)).toBeLessThan(0.1);
  });

  it.each([8000, 11_025, 22_050, 44_100, 96_000, 192_000])('is the same at %i Hz', (rate) => {
    expect(Math.abs((descriptorsOf(sine([[5, -23]], rate), rate).loudnessLufs ?? 0) + 23)).toBeLessThan(0.1);
  });

  it('does not depend on how the signal is cut into blocks', () => {
    const signal = sine([
      [4, -20],
      [4, -30],
    ]);
    const whole = descriptorsOf(signal, RATE, signal[0].length);
    expect(descriptorsOf(signal, RATE, 997).loudnessLufs).toBeCloseTo(whole.loudnessLufs ?? 0, 9);
    expect(descriptorsOf(signal, RATE, 997).truePeakDbtp).toBeCloseTo(whole.truePeakDbtp ?? 0, 9);
  });
});

describe('loudness range after EBU Tech 3342', () => {
  it.each<[string, readonly Section[], number]>([
    [
      '1',
      [
        [20, -20],
        [20, -30],
      ],
      10,
    ],
    [
      '2',
      [
        [20, -20],
        [20, -15],
      ],
      5,
    ],
    [
      '3',
      [
        [20, -40],
        [20, -20],
      ],
      20,
    ],
    [
      '4',
      [
        [20, -50],
        [20, -35],
        [20, -20],
        [20, -35],
        [20, -50],
      ],
      15,
    ],
  ])('case %s is within 1 LU', (_, sections, lu) => {
    expect(Math.abs((descriptorsOf(sine(sections)).loudnessRangeLu ?? 0) - lu)).toBeLessThan(1);
  });
});

describe('true peak', () => {
  it('finds the crest between two samples', () => {
    const quarter = Float32Array.from({ length: RATE }, (_, i) => 0.5 * Math.sin((Math.PI / 2) * i + Math.PI / 4));
    expect(Math.max(...quarter)).toBeCloseTo(0.3536, 3);
    const { truePeakDbtp, replaygainPeak } = descriptorsOf([quarter]);
    expect(Math.abs((truePeakDbtp ?? 0) + 6.02)).toBeLessThan(0.2);
    expect(replaygainPeak).toBeCloseTo(0.5, 1);
  });

  it('is never less than the highest sample', () => {
    const click = new Float32Array(RATE);
    click[RATE - 1] = -0.7;
    expect(descriptorsOf([click]).replaygainPeak).toBeCloseTo(0.7, 6);
  });
});

it('gives the coefficients of BS.1770 at 48 kHz', () => {
  const { shelf, lowCut } = kWeighting(RATE);
  expect(shelf.b0).toBeCloseTo(1.53512485958697, 9);
  expect(shelf.a1).toBeCloseTo(-1.69065929318241, 9);
  expect(lowCut.a1).toBeCloseTo(-1.99004745483398, 9);
  expect(lowCut.a2).toBeCloseTo(0.99007225036621, 9);
});

it('leaves out the effects channel and counts the surround of 5.1 more', () => {
  expect(defaultLayout(6).map(channelWeight)).toEqual([1, 1, 1, 0, 1.41, 1.41]);
});

it('says nothing of silence', () => {
  expect(Object.values(descriptorsOf([new Float32Array(5 * RATE)]))).toEqual(new Array(10).fill(null));
});

it('gives the gain of ReplayGain 2.0', () => {
  expect(descriptorsOf(sine([[5, -23]])).replaygainGainDb).toBeCloseTo(5, 1);
});

const files = sharedAudio ? readdirSync(sharedAudio).filter((name) => /\.(flac|m4a|mp3|ogg|opus|wav)$/.test(name)) : [];

requires('real music and models', 'ffmpeg').describe('agreement with FFmpeg on real music', () => {
  it.each(files.length > 0 ? files : ['the shared music'])('%s', (name) => {
    const file = join(sharedAudio ?? '', name);
    const ours = descriptorsOf(...decoded(file));
    const theirs = ebur128(file);
    expect(Math.abs((ours.loudnessLufs ?? 0) - theirs.I)).toBeLessThan(0.1);
    expect(Math.abs((ours.loudnessRangeLu ?? 0) - theirs.LRA)).toBeLessThan(0.1);
    expect(Math.abs((ours.truePeakDbtp ?? 0) - theirs.peakDb)).toBeLessThan(0.15);
  });
});

function decoded(file: string): [Float32Array[], number] {
  const probe = [
    '-v',
    'error',
    '-select_streams',
    'a:0',
    '-show_entries',
    'stream=sample_rate',
    '-of',
    'csv=p=0',
    file,
  ];
  const rate = Number.parseInt(execFileSync('ffprobe', probe, { encoding: 'utf8' }), 10);
  const options = { maxBuffer: 2 ** 30 };
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-i', file, '-ac', '2', '-f', 'f32le', '-'], options);
  const interleaved = new Float32Array(Uint8Array.from(bytes).buffer);
  const channel = (at: number) =>
    Float32Array.from({ length: interleaved.length / 2 }, (_, i) => interleaved[2 * i + at]);
  return [[channel(0), channel(1)], rate];
}

/** FFmpeg's own measure, from its metadata, which has three places where the summary has one. */
function ebur128(file: string): { I: number; LRA: number; peakDb: number } {
  const filter = 'ebur128=peak=true:metadata=1,ametadata=print:file=-';
  const options = { encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  const text = execFileSync('ffmpeg', ['-v', 'error', '-i', file, '-af', filter, '-f', 'null', '-'], options);
  const last = (name: string) => Number(text.slice(text.lastIndexOf(`lavfi.r128.${name}=`)).split(/[=\n]/)[1]);
  return { I: last('I'), LRA: last('LRA'), peakDb: 20 * Math.log10(last('true_peak')) };
}
