import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IAudioMetadata, ICommonTagsResult } from 'music-metadata';
import { expect, it } from 'vitest';
import { requires } from '../../../test/support/requirements';
import { readMetadata } from './metadata';
import { textsOf } from './texts';

const said = (common: Partial<ICommonTagsResult>) =>
  textsOf({ native: {}, common, format: {} } as unknown as IAudioMetadata);

it('takes genres, moods and people apart where Navidrome does', () => {
  expect(
    said({ genre: ['Rock; Pop', 'Drum/Bass'], artist: 'Zero 7 feat. Sia', composer: ['A; B'], mood: 'calm, warm' }),
  ).toEqual({
    artist: ['Zero 7', 'Sia'],
    composer: ['A', 'B'],
    genre: ['Rock', 'Pop', 'Drum', 'Bass'],
    mood: ['calm', 'warm'],
  });
  expect(said({ artist: 'AC/DC' })).toEqual({ artist: ['AC/DC'] });
  expect(said({ artist: 'A & B', artists: ['A', 'B'] })).toEqual({ artist: ['A', 'B'] });
});

it('keeps what a file says within bounds', () => {
  const texts = said({
    comment: [{ text: 'x'.repeat(100_000) }],
    isrc: Array.from({ length: 500 }, (_, i) => `ISRC${i}`),
    grouping: '  ',
    composer: Array.from({ length: 40 }, (_, i) => `${i}${'y'.repeat(900)}`),
  });
  expect(texts.comment ?? ['']).toHaveLength(1);
  expect(texts.grouping).toBeUndefined();
  expect(Object.values(texts).every((values) => values.length <= 32)).toBe(true);
  expect(JSON.stringify(texts).length).toBeLessThan(12_000);
});

requires('ffmpeg').it('reads them from a real file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-texts-'));
  const path = join(folder, 'a.flac');
  const tags = {
    artist: 'A; B',
    album_artist: 'C',
    composer: 'D',
    date: '2001-03-12',
    BPM: '123',
    comment: 'E',
    COMPILATION: 'true',
    GENRE: 'Rock;Pop',
  };
  const options = Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]);
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=1', ...options, '-y', path]);
  const { texts } = await readMetadata(path);
  rmSync(folder, { recursive: true });
  expect(texts).toMatchObject({
    ...{ artist: ['A', 'B'], albumartist: ['C'], composer: ['D'], genre: ['Rock', 'Pop'] },
    ...{ date: ['2001-03-12'], bpm: ['123'], comment: ['E'], bitdepth: ['16'], compilation: ['1'] },
  });
});
