import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { requires } from '../../../../test/support/requirements';
import { openAudio } from './open-audio';

const { describe, it } = requires('ffmpeg');

/** A chirp in two channels that differ, from which any shift in time can be told. */
const CHIRP = 'aevalsrc=0.4*sin(2*PI*(200+300*t)*t)|0.3*sin(2*PI*(300+200*t)*t):s=44100:d=3.21';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tonearm-decode-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ffmpeg = (...args: string[]): Buffer =>
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });

function encode(name: string, ...options: string[]): string {
  const file = join(folder, name);
  ffmpeg('-f', 'lavfi', '-i', CHIRP, ...options, file);
  return file;
}

/** All samples, one array a channel. */
async function decode(
  file: string,
): Promise<{ sampleRate: number; channels: Float32Array[]; container: string | undefined }> {
  const audio = await openAudio(file, { decoder: 'builtin' });
  const parts: Float32Array[][] = Array.from({ length: audio.channels }, () => []);
  for await (const block of audio.blocks) for (let c = 0; c < parts.length; c++) parts[c].push(block[c]);
  expect(audio.isTruncated).toBe(false);
  const channels = parts.map((blocks) => Float32Array.from(blocks.flatMap((block) => [...block])));
  return { sampleRate: audio.sampleRate, container: audio.container, channels };
}

function decodeByFfmpeg(file: string, channels: number): Float32Array[] {
  const bytes = ffmpeg('-i', file, '-map', '0:a:0', '-f', 'f32le', '-');
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return Array.from({ length: channels }, (_, c) =>
    Float32Array.from({ length: samples.length / channels }, (_, i) => samples[i * channels + c]),
  );
}

const worst = (a: Float32Array, b: Float32Array): number => {
  let most = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
};

/** File, container, ffmpeg's options, how far samples may lie apart, how many more or fewer there may be. */
const LOSSLESS: [string, string, string[], number, number][] = [
  ['plain.flac', 'flac', [], 4e-5, 0],
  ['high.flac', 'flac', ['-ar', '96000', '-sample_fmt', 's32'], 1e-6, 0],
  ['six.flac', 'flac', ['-ac', '6'], 4e-5, 0],
  ['flac.ogg', 'ogg-flac', ['-c:a', 'flac', '-f', 'ogg'], 4e-5, 0],
  ['apple.m4a', 'm4a', ['-c:a', 'alac'], 4e-5, 0],
  ['eight-bit.wav', 'wav', ['-c:a', 'pcm_u8'], 0, 0],
  ['sixteen.wav', 'wav', [], 0, 0],
  ['twenty-four.wav', 'wav', ['-c:a', 'pcm_s24le'], 0, 0],
  ['thirty-two.wav', 'wav', ['-c:a', 'pcm_s32le'], 1e-7, 0],
  ['float.wav', 'wav', ['-c:a', 'pcm_f32le'], 0, 0],
  ['double.wav', 'wav', ['-c:a', 'pcm_f64le'], 1e-7, 0],
  ['a-law.wav', 'wav', ['-c:a', 'pcm_alaw'], 0, 0],
  ['mu-law.wav', 'wav', ['-c:a', 'pcm_mulaw'], 0, 0],
  ['adpcm.wav', 'wav', ['-c:a', 'adpcm_ms'], 1e-6, 0],
  ['mono-8k.wav', 'wav', ['-ac', '1', '-ar', '8000'], 0, 0],
  ['big.wav', 'wav', ['-rf64', 'always'], 0, 0],
  ['sony.w64', 'w64', [], 0, 4],
  ['plain.aiff', 'aiff', [], 0, 0],
  ['deep.aiff', 'aiff', ['-c:a', 'pcm_s24be'], 0, 0],
  ['float.aifc', 'aiff', ['-c:a', 'pcm_f32be', '-f', 'aiff'], 0, 0],
  ['plain.wv', 'wavpack', [], 4e-5, 0],
  ['six.wv', 'wavpack', ['-ac', '6'], 4e-5, 0],
];
const LOSSY: [string, string, string[], number, number][] = [
  ['cbr.mp3', 'mp3', ['-c:a', 'libmp3lame', '-b:a', '192k'], 1e-4, 0],
  ['vbr.mp3', 'mp3', ['-c:a', 'libmp3lame', '-q:a', '4'], 1e-4, 0],
  ['mono.mp3', 'mp3', ['-c:a', 'libmp3lame', '-ac', '1'], 1e-4, 0],
  ['low.mp3', 'mp3', ['-c:a', 'libmp3lame', '-ar', '22050'], 1e-4, 0],
  ['untagged.mp3', 'mp3', ['-c:a', 'libmp3lame', '-write_xing', '0'], 1e-4, 0],
  ['layer-two.mp2', 'mp3', ['-c:a', 'mp2'], 1e-4, 0],
  ['plain.ogg', 'ogg-vorbis', ['-c:a', 'libvorbis'], 1e-4, 0],
  ['six.ogg', 'ogg-vorbis', ['-c:a', 'libvorbis', '-ac', '6'], 1e-4, 0],
  ['plain.opus', 'ogg-opus', ['-c:a', 'libopus'], 5e-2, 0],
  ['plain.m4a', 'm4a', ['-c:a', 'aac'], 5e-2, 1024],
  ['first.m4a', 'm4a', ['-c:a', 'aac', '-movflags', '+faststart'], 5e-2, 1024],
  ['stream.aac', 'aac', ['-c:a', 'aac', '-f', 'adts'], 5e-2, 0],
  ['plain.wma', 'wma', ['-c:a', 'wmav2'], 1e-4, 0],
];

describe.each([...LOSSLESS, ...LOSSY])('%s', (name, container, options, tolerance, slack) => {
  it('decodes to the samples that ffmpeg decodes it to, neither earlier nor later', async () => {
    const file = encode(name, ...options);
    const ours = await decode(file);
    const theirs = decodeByFfmpeg(file, ours.channels.length);
    expect(ours.container).toBe(container);
    expect(Math.abs(ours.channels[0].length - theirs[0].length)).toBeLessThanOrEqual(slack);
    for (const [c, channel] of ours.channels.entries()) {
      expect(worst(channel, theirs[c])).toBeLessThanOrEqual(tolerance);
    }
  });
});

it('gives one channel for a file of one channel', async () => {
  for (const [name, codec] of [
    ['one.mp3', 'libmp3lame'],
    ['one.opus', 'libopus'],
    ['one.m4a', 'aac'],
  ]) {
    expect((await decode(encode(name, '-ac', '1', '-c:a', codec))).channels).toHaveLength(1);
  }
});

it('leaves the padding of AAC out, so that the music is as long as it was', async () => {
  const { channels } = await decode(encode('exact.m4a', '-c:a', 'aac'));
  expect(channels[0]).toHaveLength(Math.round(3.21 * 44_100));
});

it('begins with the first sample where an edit list says so, as ffmpeg does', async () => {
  const file = encode('edited.m4a', '-c:a', 'aac');
  const bytes = readFileSync(file);
  const edit = bytes.indexOf('elst', 0, 'latin1') + 12;
  expect(bytes.readUInt32BE(edit + 4)).toBe(1024);
  bytes.writeUInt32BE(0, edit + 4);
  writeFileSync(file, bytes);
  const ours = await decode(file);
  const theirs = decodeByFfmpeg(file, 2);
  // The list states its length in thousandths of a second.
  expect(Math.abs(ours.channels[0].length - 3.21 * 44_100)).toBeLessThanOrEqual(45);
  expect(worst(ours.channels[0], theirs[0])).toBeLessThanOrEqual(5e-2);
});

it('says of MPEG-4 sound that is no AAC which kind it is', async () => {
  const file = encode('other.m4a', '-c:a', 'aac');
  const bytes = readFileSync(file);
  const esds = bytes.indexOf('esds', 0, 'latin1');
  const config = bytes.indexOf(Buffer.from([0x12, 0x10]), esds);
  expect(config - esds).toBeLessThan(60);
  // 31 leads to a longer number: 32 and 4, which is MPEG-4 ALS.
  bytes.writeUInt16BE(0xf880 | (bytes[config + 1] & 0x1f), config);
  writeFileSync(file, bytes);
  await expect(openAudio(file, { decoder: 'builtin' })).rejects.toMatchObject({
    ...{ code: 'unsupported_file', message: expect.stringContaining('object type 36') },
  });
});
