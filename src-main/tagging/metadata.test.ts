import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCorpus, buildSmallFiles, hasFfmpeg, python } from '../../test/corpus/build';
import { sharedAudio } from '../../test/shared';
import { readMetadata } from '.';

let base = '';
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'tonearm-metadata-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe.skipIf(!hasFfmpeg || !python)('Reading metadata (needs ffmpeg and a Python with mutagen)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await buildCorpus();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('knows container, rate, channels and length of every file of the corpus', async () => {
    // RF64, of files beyond 4 GB, can be written but not yet read by a scan.
    for (const name of readdirSync(folder).filter((name) => !name.includes('rf64'))) {
      const { container, durationMs, sampleRate, channels, bitrate } = await readMetadata(join(folder, name));
      expect(container, name).toBe(containerOf(name));
      expect(sampleRate, name).toBe(name.includes('dsf') ? 2_822_400 : name.includes('opus') ? 48_000 : 44_100);
      expect(channels, name).toBe(name.includes('dsf') ? 1 : 2);
      // Chained streams: the length of the last one. ADTS states no length; the first frames give an estimate.
      const expected = name.includes('dsf') ? 93 : 1000;
      expect(Math.abs((durationMs ?? 0) - expected), `${name}: ${durationMs}`).toBeLessThan(150);
      expect(bitrate, name).toBeGreaterThan(1000);
    }
  });

  it('reads the fields of a track, several values and other scripts included', async () => {
    for (const name of ['mp3-id3v24.mp3', 'mp3-id3v23-v1-ape.mp3', 'aiff-id3.aiff', 'wav-id3.wav', 'dsf-id3.dsf']) {
      const found = await readMetadata(join(folder, name));
      expect(found, name).toMatchObject({
        album: 'Álbum',
        year: 2004,
        trackNumber: 3,
        genre: expect.stringContaining('Rock'),
      });
    }
    for (const name of ['flac-padded.flac', 'vorbis.ogg', 'opus.opus', 'm4a-moov-first.m4a', 'mp3-id3v24.mp3']) {
      expect(await readMetadata(join(folder, name)), name).toMatchObject({ title: 'Größe — 大きさ', artist: 'One' });
    }
  });
});

it.skipIf(!hasFfmpeg)('reads a thousand small files in a few seconds (needs ffmpeg)', async () => {
  const files = await buildSmallFiles(join(base, 'many'), 1000);
  const started = performance.now();
  for (const file of files) expect((await readMetadata(file)).title, basename(file)).toBe('A title');
  // 20 000 such files are to take less than a fifth of the time that beets needs for them; this leaves room for a
  // slow and busy machine.
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('gives a reason for what is no audio', async () => {
  const path = join(base, 'notes.mp3');
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'not_found' });
  writeFileSync(path, 'not a sound');
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'unreadable_audio' });
  writeFileSync(path, '');
  await expect(readMetadata(path)).rejects.toMatchObject({ code: 'unreadable_audio', message: 'The file is empty.' });
});

it.skipIf(!sharedAudio)('reads real music (needs the shared folder)', async () => {
  for (const name of readdirSync(sharedAudio!).filter((name) => /\.(ogg|opus|flac|mp3|m4a|wav)$/.test(name))) {
    const found = await readMetadata(join(sharedAudio!, name));
    expect(found.title, name).toBeTruthy();
    expect(found.album, name).toBe('The Battle for Wesnoth OST');
    expect(found.durationMs, name).toBeGreaterThan(5000);
  }
});

function containerOf(name: string): string {
  const kind = name.split('.').at(-1)!;
  const others: Record<string, string> = { mp2: 'mp3', wv: 'wavpack', wma: 'asf' };
  return others[kind] ?? kind;
}
