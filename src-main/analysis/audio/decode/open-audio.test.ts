import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { requires } from '../../../../test/support/requirements';
import { AppError } from '../../../rpc/errors';
import { openAudio } from './open-audio';

const { describe, it } = requires('ffmpeg');

let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tonearm-damage-'));
  const tone = ['-f', 'lavfi', '-i', 'sine=440:r=44100:d=8'];
  const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
  for (const name of ['a.mp3', 'a.flac', 'a.ogg', 'a.opus', 'a.wav', 'a.aiff', 'a.aac', 'a.wma', 'a.wv']) {
    ffmpeg(...tone, ...(name === 'a.opus' ? ['-c:a', 'libopus'] : []), at(name));
  }
  ffmpeg(...tone, '-movflags', '+faststart', at('a.m4a'));
  ffmpeg('-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-c:v', 'mpeg4', at('silent.mp4'));
  ffmpeg('-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-frames:v', '1', at('picture.png'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function decodeAll(file: string): Promise<{ seconds: number; isTruncated: boolean }> {
  const audio = await openAudio(file, { decoder: 'builtin' });
  let samples = 0;
  for await (const block of audio.blocks) samples += block[0].length;
  return { seconds: samples / audio.sampleRate, isTruncated: audio.isTruncated };
}

async function failure(file: string): Promise<AppError> {
  const thrown = await decodeAll(file).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(AppError);
  return thrown as AppError;
}

function write(name: string, content: Uint8Array | string): string {
  writeFileSync(at(name), content);
  return at(name);
}

describe('what is no audio is refused with a sentence', () => {
  it.each([
    ['an empty file', () => write('empty.mp3', ''), 'unreadable_audio', /empty/],
    ['a text', () => write('text.mp3', 'la la la\n'.repeat(5000)), 'unsupported_file', /not an audio file/],
    ['a picture', () => write('picture.mp3', readFileSync(at('picture.png'))), 'unsupported_file', /not an audio file/],
    ['a video without sound', () => at('silent.mp4'), 'unsupported_file', /video without sound/],
    ['nothing at all', () => at('gone.mp3'), 'not_found', /not there/],
    ['a folder', () => folder, 'unsupported_file', /folder/],
    [
      'old Monkey’s Audio',
      () => write('old.ape', 'MAC \x70\x0e'.padEnd(2000, '\0')),
      'unsupported_file',
      /3\.70.*3\.95/,
    ],
    ['Musepack of old', () => write('old.mpc', 'MP+\x06'.padEnd(2000, '\0')), 'unsupported_file', /not an audio file/],
  ])('%s', async (_, make, code, sentence) => {
    const error = await failure(make());
    expect(error.code).toBe(code);
    expect(error.message).toMatch(sentence);
  });

  it('a copy-protected file of the iTunes shop', async () => {
    const bytes = readFileSync(at('a.m4a'));
    bytes.write('drms', bytes.indexOf('mp4a', bytes.indexOf('stsd')));
    expect((await failure(write('bought.m4p', bytes))).message).toMatch(/copy-protected/);
  });

  it('ten gigabytes of nothing behind one frame, without reading them', async () => {
    const file = write('sparse.mp3', readFileSync(at('a.mp3')).subarray(0, 4000));
    truncateSync(file, 10 * 2 ** 30);
    const started = performance.now();
    const analyzed = await decodeAll(file).catch(() => ({ seconds: 0, isTruncated: true }));
    expect(analyzed.seconds).toBeLessThan(1);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe.each(['a.mp3', 'a.flac', 'a.ogg', 'a.opus', 'a.wav', 'a.aiff', 'a.aac', 'a.wma', 'a.wv', 'a.m4a'])(
  '%s',
  (name) => {
    it('is decoded as far as it goes when it was cut off, and says so', async () => {
      const whole = readFileSync(at(name));
      const analyzed = await decodeAll(write(`cut-${name}`, whole.subarray(0, Math.floor(whole.length * 0.6))));
      expect(analyzed.seconds).toBeGreaterThan(3);
      expect(analyzed.seconds).toBeLessThan(6.5);
      expect(analyzed.isTruncated).toBe(true);
    });

    it('survives any damage: some sound, or a sentence, soon', async () => {
      let seed = 7;
      const random = (below: number): number => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return Math.floor((seed / 2 ** 31) * below);
      };
      for (let round = 0; round < 6; round++) {
        const bytes = readFileSync(at(name));
        const reach = round % 2 ? bytes.length : 2000;
        for (let i = 0; i < 40; i++) bytes[random(reach)] = random(256);
        const started = performance.now();
        const result = await decodeAll(write(`hurt-${name}`, bytes)).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(AppError);
        expect(performance.now() - started).toBeLessThan(10_000);
      }
    });
  },
);

it('tells what a file holds by its content, whatever its name, and behind a tag of any size', async () => {
  const tag = Buffer.alloc(10 + 3_000_000);
  tag.write('ID3\x04');
  tag.set([(3_000_000 >> 21) & 127, (3_000_000 >> 14) & 127, (3_000_000 >> 7) & 127, 3_000_000 & 127], 6);
  for (const name of ['a.mp3', 'a.flac']) {
    const file = write(`tagged-${name}.txt`, Buffer.concat([tag, readFileSync(at(name))]));
    expect((await decodeAll(file)).seconds).toBeCloseTo(8, 1);
  }
});

it('plays Ogg streams that are chained one after the other', async () => {
  const first = readFileSync(at('a.ogg'));
  expect((await decodeAll(write('chained.ogg', Buffer.concat([first, first])))).seconds).toBeCloseTo(16, 1);
});

it('stops between blocks when asked to', async () => {
  const stop = new AbortController();
  const audio = await openAudio(at('a.wav'), { signal: stop.signal });
  const walk = async (): Promise<void> => {
    for await (const _ of audio.blocks) stop.abort();
  };
  await expect(walk()).rejects.toThrow(/abort/i);
});

it('does not take for ever over a file made to look as if frames or pages began everywhere', async () => {
  const header = Buffer.from([0xff, 0xf8, 0xc9, 0x18, 0x00, 0xc2]);
  const flac = readFileSync(at('a.flac'));
  flac.set([0xff, 0xff, 0xff, 0xff], 8);
  const page = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(22), Buffer.from([255]), Buffer.alloc(3, 255)]);
  const started = performance.now();
  for (const [name, start, repeated] of [
    ['fake.flac', flac.subarray(0, 20_000), header],
    ['fake.ogg', readFileSync(at('a.ogg')), page],
  ] as const) {
    await decodeAll(write(name, Buffer.concat([start, ...new Array(100_000).fill(repeated)])));
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});
