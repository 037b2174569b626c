import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { ALL_CASES, join2, makeCase } from '../../../../test/support/decode-cases';
import { differenceOf, measureByFfmpeg, measureOurs } from '../../../../test/support/decode-matrix';
import { shared } from '../../../../test/support/real-music';
import { requires } from '../../../../test/support/requirements';

const { describe, it } = requires('ffmpeg');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tonearm-matrix-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A layout, a depth, a container of each kind; `npm run torture -- decode` has all of them. */
const CHOSEN = new Set([
  ...['WAV-24-2.1-48000.wav', 'FLAC-16-7.1-48000.flac', 'WavPack-32f-3.1-48000.wv', 'ALAC-16-5.1-48000.m4a'],
  ...['Vorbis-in-Ogg-5.1-48000.ogg', 'Opus-in-Ogg-5.1-48000.opus', 'AAC-in-fragments-stereo-44100.m4a'],
  ...['FLAC-16-in-MP4-stereo-44100.mp4', 'FLAC-24-in-Ogg-stereo-44100.oga', 'WMA-version-2-stereo-44100.wma'],
  ...['AIFF-16-low-byte-first-stereo-44100.aifc', 'AAC-in-MP4-4.0-48000.m4a'],
]);

describe('is as long and as loud as FFmpeg and its ebur128 find it', () => {
  it('in files that are all among those of the whole table', () => {
    expect([...CHOSEN].filter((name) => !ALL_CASES.some((each) => each.name === name))).toEqual([]);
  });

  it.each(ALL_CASES.filter(({ name }) => CHOSEN.has(name)))('$name', async (each) => {
    const file = makeCase(folder, each);
    if (!file) throw new Error(`FFmpeg cannot make ${each.name}.`);
    const ours = await measureOurs(file);
    const theirs = await measureByFfmpeg(file, folder);
    expect(differenceOf(ours, theirs!)).toMatchObject({ isWithin: true });
    expect(ours.isIncomplete).toBe(false);
  });

  it.each(['mp3', 'aac'])(
    'two recordings of another rate and other channels behind each other, in %s',
    async (kind) => {
      const codec = kind === 'mp3' ? 'libmp3lame' : 'aac';
      const parts = [
        makeCase(folder, { name: `a.${kind}`, args: ['-c:a', codec], layout: 'mono', rate: 44_100 })!,
        makeCase(folder, { name: `b.${kind}`, args: ['-c:a', codec], layout: 'stereo', rate: 48_000 })!,
      ];
      const { seconds } = await measureOurs(join2(folder, `both.${kind}`, parts));
      expect(Math.abs(seconds - 8)).toBeLessThan(0.3);
    },
  );
});

/** A FLAC file of one channel whose frames hold their samples as they are, of any depth. */
function verbatimFlac(bits: number, samples: readonly number[]): Buffer {
  const block = 4096;
  const info = Buffer.alloc(34);
  info.writeUInt16BE(block, 0);
  info.writeUInt16BE(block, 2);
  info.writeUInt32BE(((44_100 << 12) | ((bits - 1) << 4)) >>> 0, 10);
  info.writeUInt32BE(samples.length, 14);
  const frames: Buffer[] = [];
  for (let at = 0; at < samples.length; at += block)
    frames.push(frame(at / block, samples.slice(at, at + block), bits));
  return Buffer.concat([Buffer.from('fLaC'), Buffer.from([0x80, 0, 0, 34]), info, ...frames]);
}

function frame(number: number, samples: readonly number[], bits: number): Buffer {
  const size = samples.length - 1;
  const header = Buffer.from([0xff, 0xf8, 0x70, 0, number, size >> 8, size & 0xff]);
  const digits = samples.map((sample) =>
    (BigInt(sample) & ((1n << BigInt(bits)) - 1n)).toString(2).padStart(bits, '0'),
  );
  const text = `00000010${digits.join('')}`;
  const body = Buffer.from(
    (text.padEnd(8 * Math.ceil(text.length / 8), '0').match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)),
  );
  const whole = Buffer.concat([header, Buffer.from([crc(header, 8, 0x07)]), body]);
  const sum = crc(whole, 16, 0x8005);
  return Buffer.concat([whole, Buffer.from([sum >> 8, sum & 0xff])]);
}

function crc(bytes: Buffer, width: number, polynomial: number): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) sum = sum & (1 << (width - 1)) ? (sum << 1) ^ polynomial : sum << 1;
    sum &= (1 << width) - 1;
  }
  return sum;
}

describe('FLAC of any depth', () => {
  it.each([4, 5, 7, 8, 9, 12, 13, 16, 17, 20, 22, 24, 27, 31, 32])('%i bits', async (bits) => {
    const tone = Array.from({ length: 44_100 }, (_, i) => Math.round(0.5 * 2 ** (bits - 1) * Math.sin(i / 20)));
    const file = join(folder, `${bits}.flac`);
    writeFileSync(file, verbatimFlac(bits, tone));
    const { lufs, seconds, isIncomplete } = await measureOurs(file);
    expect({ seconds, isIncomplete }).toEqual({ seconds: 1, isIncomplete: false });
    expect(Math.abs(lufs! + 9.77)).toBeLessThan(bits < 6 ? 1 : 0.2);
  });
});

/** Length and loudness that other readers find in the small files of known faults. */
const FAULTS: readonly (readonly [name: string, seconds: number, lufs: number])[] = [
  ['adts-mono-then-stereo.aac', 18.06, -20.8],
  ['alac-51.m4a', 9, -20.1],
  ['asf-audio-first-video-second.wma', 8.96, -16.4],
  ['flac-20bit.flac', 9, -14],
  ['flac-decreasing-channels.flac', 8.5, -14],
  ['flac-wrong-max-blocksize.flac', 4.25, -19],
  ['mp3-44-then-48.mp3', 18.06, -16.8],
  ['mp3-tag-then-100k-zeros.mp3', 9.04, -16.8],
  ['mp4-moov-then-fragments.m4a', 9.03, -16.6],
  ['vorbis-chain-stereo-then-mono.ogg', 18, -18.5],
  ['wav-21.wav', 9, -26.7],
  ['wav-block-align-2.wav', 9, -16.3],
  ['wav-bw64.wav', 9, -16.3],
  ['wavpack-20bit.wv', 9, -14],
  ['wma-lossless-taglib.wma', 3.55, -3.7],
];

requires('real music and models').describe('files that were once decoded wrongly', () => {
  const fileOf = (name: string): string => join(shared ?? '', 'faults/audio/decode', name);
  const present = FAULTS.filter(([name]) => existsSync(fileOf(name)));
  it.skipIf(present.length === 0).each(present.length > 0 ? present : FAULTS)('%s', async (name, seconds, lufs) => {
    const file = fileOf(name);
    const ours = await measureOurs(file);
    expect(differenceOf(ours, { seconds, lufs })).toMatchObject({ isWithin: true });
    expect(ours.isIncomplete).toBe(false);
  });
});
