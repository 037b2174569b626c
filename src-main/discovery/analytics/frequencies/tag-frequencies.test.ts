import { expect, it } from 'vitest';
import { aHead, aLibraryOf, type Made } from '../analytics.fixture';
import { createAnalyticsQueries } from '../queries';

const DESCRIPTORS = {
  ...{ loudnessLufs: -10, loudnessRangeLu: 5, truePeakDbtp: -1, replaygainGainDb: -8, replaygainPeak: 0.9 },
  ...({ bpm: 120, bpmConfidence: 0.9, key: 'A', scale: 'minor', keyConfidence: 0.9 } as const),
};
const happy = (value: number) => aHead('mood_happy', { happy: value, non_happy: 1 - value });

function frequencies(made: readonly Made[], given: { aliases?: boolean; limit?: number; libraryId?: number } = {}) {
  const { tag_frequencies } = createAnalyticsQueries(aLibraryOf(made))['analytics.tagFrequencies']({
    ...{ limit: 50, namespace: 'nom', aliases: false, ...given },
  });
  return Object.fromEntries(
    tag_frequencies.map(({ tag_key, total_count, unique_values }) => [tag_key, `${total_count} of ${unique_values}`]),
  );
}

it('counts each of our keys once for a track, and values that are written alike as one', () => {
  const moods = { strict: ['happy'], loose: ['sad'] };
  const made = [
    { analyzed: { heads: [happy(0.81231)], descriptors: DESCRIPTORS, moods } },
    { analyzed: { heads: [happy(0.81234)], descriptors: { ...DESCRIPTORS, bpm: 120.04, key: 'C' }, moods } },
    { analyzed: { heads: [happy(0.9)], descriptors: { ...DESCRIPTORS, bpm: 99, keyConfidence: 0.1 } } },
    { analyzed: { heads: [happy(0.1)] }, isMissing: true },
    {},
  ];
  expect(frequencies(made)).toEqual({
    'nom:happy': '3 of 2',
    'nom:bpm': '3 of 2',
    'nom:loudness': '3 of 1',
    'nom:tonearm': '3 of 1',
    'nom:key': '2 of 2',
    'nom:mood-strict': '2 of 1',
    'nom:mood-regular': '2 of 1',
    'nom:mood-loose': '2 of 2',
  });
});

it('knows regressions, genres and styles as they are written', () => {
  const heads = (engagement: number, bop: number) => [
    aHead('engagement', { engagement }, 'identity'),
    aHead('genre_discogs400', { 'Rock---Punk': bop / 2, 'Rock---Grunge': bop / 3, 'Jazz---Bop': bop }, 'sigmoid'),
  ];
  const made = [{ analyzed: { heads: heads(1.7, 0.5) } }, { analyzed: { heads: heads(1, 0.09) } }];
  expect(frequencies(made)).toMatchObject({ 'nom:engaging': '2 of 1', 'nom:genre': '1 of 2', 'nom:style': '1 of 2' });
});

it('counts the newest analysis of a track and no other', () => {
  const db = aLibraryOf([{ analyzed: { version: 'old', heads: [happy(0.5)] } }]);
  db.exec(`
    INSERT INTO analysis (track_id, version, preset, duration_s, patches, size_bytes, mtime_ms, created_at)
      SELECT track_id, 'new', preset, duration_s, patches, size_bytes, mtime_ms, '2026-03-01' FROM analysis;
    INSERT INTO score SELECT 2, 'mood_sad', 'sad', 0, 'musicnn', 'softmax', 0.4, 0.4, NULL, 0, 1;
    UPDATE track SET analysis_version = 'new'`);
  const { tag_frequencies } = createAnalyticsQueries(db)['analytics.tagFrequencies']({
    ...{ limit: 50, namespace: 'nom', aliases: false },
  });
  expect(tag_frequencies.map(({ tag_key }) => tag_key)).toEqual(['nom:sad', 'nom:tonearm']);
});

it('adds the aliases when they are written, keeps to one library and to the limit', () => {
  const made = [
    { analyzed: { heads: [happy(0.8)], moods: { regular: ['happy'] } } },
    { library: 2, analyzed: { heads: [happy(0.7)] } },
  ];
  expect(frequencies(made, { aliases: true })).toMatchObject({ 'nom:mood_happy': '2 of 2', 'nom:mood': '1 of 1' });
  expect(frequencies(made, { libraryId: 2 })).toEqual({ 'nom:happy': '1 of 1', 'nom:tonearm': '1 of 1' });
  expect(Object.keys(frequencies(made, { limit: 1 }))).toEqual(['nom:happy']);
});
