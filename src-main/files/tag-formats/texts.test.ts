import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requires } from '../../../test/support/requirements';
import { readMetadata } from './metadata';
import { textsOf } from './texts';

const said = (fields: Record<string, string[]>) => textsOf(new Map(Object.entries(fields)));

it('takes genres, moods and people apart where Navidrome does', () => {
  expect(
    said({
      ...{ genre: ['Rock; Pop', 'Drum/Bass'], artist: ['Zero 7 feat. Sia'], composer: ['A; B'] },
      mood: ['calm, warm'],
    }),
  ).toEqual({
    artist: ['Zero 7', 'Sia'],
    composer: ['A', 'B'],
    genre: ['Rock', 'Pop', 'Drum', 'Bass'],
    mood: ['calm', 'warm'],
  });
  expect(said({ artist: ['AC/DC'] })).toEqual({ artist: ['AC/DC'] });
  expect(said({ artist: ['A & B'], artists: ['A', 'B'] })).toEqual({ artist: ['A', 'B'] });
  expect(said({ artist: ['A / B', 'C'] })).toEqual({ artist: ['A / B', 'C'] });
});

it('keeps what Navidrome has columns and roles for under its names', () => {
  expect(said({ albumversion: ['remaster'], director: ['A'], releasetype: ['album, live'] })).toEqual({
    ...{ albumcomment: ['remaster'], director: ['A'], releasetype: ['album', 'live'] },
  });
  const rated = (value: string) => said({ explicitstatus: [value] }).explicitstatus;
  expect(['0', '1', '2', '4', 'yes'].map(rated)).toEqual([undefined, ['e'], ['c'], ['e'], undefined]);
});

it('keeps what a file says within bounds', () => {
  const texts = said({
    comment: ['x'.repeat(100_000)],
    isrc: Array.from({ length: 500 }, (_, i) => `ISRC${i}`),
    grouping: ['  '],
    composer: Array.from({ length: 40 }, (_, i) => `${i}${'y'.repeat(900)}`),
  });
  expect(texts.comment ?? ['']).toHaveLength(1);
  expect(texts.grouping).toBeUndefined();
  expect(Object.values(texts).every((values) => values.length <= 32)).toBe(true);
  expect(JSON.stringify(texts).length).toBeLessThan(12_000);
});

it('keeps dates as precise as they are, and gains of Opus as those of others', () => {
  expect(said({ date: ['13.10.1995'], originalyear: ['1987'], releasedate: ['2001-05'] })).toEqual({
    ...{ date: ['1995-10-13'], originaldate: ['1987'], releasedate: ['2001-05'] },
  });
  expect(said({ date: ['long ago'], year: ['2000'] })).toEqual({ date: ['2000'] });
  expect(said({ replaygain_track_gain: ['-7.03 dB'], replaygain_track_peak: ['0.98'] })).toEqual({
    ...{ rgtrackgain: ['-7.03'], rgtrackpeak: ['0.98'] },
  });
  expect(said({ r128_track_gain: ['-512'] })).toEqual({ rgtrackgain: ['3'] });
  expect(said({ replaygain_track_gain: ['loud'], bpm: ['0'] })).toEqual({});
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
