import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSmallFiles } from '../../../test/corpus/build';
import { sharedAudio } from '../../../test/support/real-music';
import { requires } from '../../../test/support/requirements';
import { readMetadata } from '.';

let base = '';
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'tonearm-metadata-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

requires('ffmpeg').it('reads small files of every kind', async () => {
  const files = await buildSmallFiles(join(base, 'many'), 40);
  for (const file of files) expect((await readMetadata(file)).title, basename(file)).toBe('A title');
});

it('gives a reason for what is no audio', async () => {
  const path = join(base, 'notes.mp3');
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'not_found' });
  writeFileSync(path, 'not a sound');
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'unreadable_audio' });
  writeFileSync(path, '');
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'unreadable_audio', message: 'The file is empty.' });
});

requires('ffmpeg').it('says of a file that can be analyzed but holds no tags what it is', async () => {
  const path = join(base, 'tone.w64');
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=1', '-y', path]);
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'unsupported_file' });
});

requires('real music and models').it('reads real music', async () => {
  for (const name of readdirSync(sharedAudio!).filter((name) => /\.(ogg|opus|flac|mp3|m4a|wav)$/.test(name))) {
    const found = await readMetadata(join(sharedAudio!, name));
    expect(found.title, name).toBeTruthy();
    expect(found.album, name).toBe('The Battle for Wesnoth OST');
    expect(found.durationMs, name).toBeGreaterThan(5000);
  }
});

it.each([2, 3, 4] as const)('reads an ID3v2.%i tag past a large picture, without reading that', async (version) => {
  const [title, picture] = version === 2 ? ['TT2', 'PIC'] : ['TIT2', 'APIC'];
  const sizeOf = (length: number): number[] => {
    if (version === 2) return [length >> 16, (length >> 8) & 255, length & 255];
    const bits = version === 4 ? 7 : 8;
    return [3, 2, 1, 0].map((place) => (length >> (place * bits)) & (2 ** bits - 1));
  };
  const frame = (id: string, body: Buffer) =>
    Buffer.concat([Buffer.from([...Buffer.from(id), ...sizeOf(body.length), ...(version === 2 ? [] : [0, 0])]), body]);
  const image = Buffer.concat([Buffer.from([0, ...Buffer.from(version === 2 ? 'PNG' : 'image/png\0'), 3, 0])]);
  const frames = Buffer.concat([
    frame(picture, Buffer.concat([image, Buffer.alloc(2 * 1024 * 1024, 7)])),
    frame(title, Buffer.from('\0Behind it', 'latin1')),
    Buffer.alloc(100),
  ]);
  const size = [21, 14, 7, 0].map((bits) => (frames.length >> bits) & 127);
  const silence = Buffer.alloc(417);
  silence.set([0xff, 0xfb, 0x90, 0]);
  const sound = Buffer.concat(Array.from({ length: 50 }, () => silence));
  const path = join(base, `large-${version}.mp3`);
  writeFileSync(path, Buffer.concat([Buffer.from([...Buffer.from('ID3'), version, 0, 0, ...size]), frames, sound]));
  const found = await readMetadata(path);
  expect(found).toMatchObject({ title: 'Behind it', sampleRate: 44_100, bitrate: 128_000, container: 'mp3' });
  expect(found.durationMs).toBeCloseTo((50 * 1152 * 1000) / 44_100, -2);
});
