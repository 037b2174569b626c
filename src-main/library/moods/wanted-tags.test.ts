import { expect, it } from 'vitest';
import { aBinaryHead, aHead, descriptors } from './heads.fixture';
import { wantedTags } from './wanted-tags';

const settings = {
  namespace: 'nom',
  write_standard_fields: false,
  write_alias_keys: false,
  overwrite_standard_fields: false,
};
const analyzed = {
  version: '1/balanced/abc',
  heads: [
    aBinaryHead('mood_happy', { happy: 0.912345, non_happy: 0.087655 }),
    aBinaryHead('mood_sad', { non_sad: 0.75, sad: 0.25 }),
    aBinaryHead('mood_happy-msd-musicnn-1', { happy: 0.5, non_happy: 0.5 }),
    aHead('engagement_regression', { engagement: 1.2 }, 'identity'),
    aHead('muse', { valence: 5, arousal: 7 }, 'identity'),
    aHead('genre_discogs400', { 'Rock---Indie Rock': 0.5, 'Rock---Shoegaze': 0.3, 'Pop---Vocal': 0.1 }, 'sigmoid'),
    aHead('msd_tags', { rock: 0.4, 'female vocalists': 0.5 }, 'sigmoid'),
  ],
  descriptors,
};

it('writes moods, one number a question, genres, what is measured, and how it came about', () => {
  expect(wantedTags(analyzed, 'full', settings)).toEqual({
    namespace: 'nom',
    tags: {
      'mood-strict': ['engaging', 'happy'],
      'mood-regular': ['engaging', 'happy'],
      'mood-loose': ['engaging', 'happy'],
      happy: ['0.9123'],
      sad: ['0.2500'],
      engaging: ['1.0000'],
      valence: ['0.5000'],
      arousal: ['0.7500'],
      genre: ['Rock'],
      style: ['Indie Rock', 'Shoegaze'],
      bpm: ['128'],
      key: ['F#m'],
      loudness: ['-9.32'],
      tonearm: ['1/balanced/abc; calibration none'],
    },
  });
});

it('writes the moods alone in the mode minimal, and in the mode none nothing at all', () => {
  expect(Object.keys(wantedTags(analyzed, 'minimal', settings).tags)).toEqual([
    'mood-strict',
    'mood-regular',
    'mood-loose',
  ]);
  expect(wantedTags(analyzed, 'none', settings)).toEqual({ namespace: 'nom', tags: {} });
});

it('writes what is measured when no model is installed', () => {
  const { tags } = wantedTags({ ...analyzed, heads: [] }, 'full', settings);
  expect(Object.keys(tags)).toEqual(['bpm', 'key', 'loudness', 'tonearm']);
});

it('leaves out what could not be told', () => {
  const silence = { ...descriptors, loudnessLufs: null, bpm: null, key: null, scale: null };
  const wanted = wantedTags({ ...analyzed, heads: [], descriptors: silence }, 'full', {
    ...settings,
    write_standard_fields: true,
  });
  expect(Object.keys(wanted.tags)).toEqual(['tonearm']);
  expect(Object.keys(wanted.standard!)).toEqual(['replaygain_track_gain', 'replaygain_track_peak']);
});

it('adds the names of the old documents and the fields of all players when it is asked to', () => {
  const wanted = wantedTags(analyzed, 'full', {
    namespace: 'my',
    write_alias_keys: true,
    write_standard_fields: true,
    overwrite_standard_fields: true,
  });
  expect(wanted.namespace).toBe('my');
  expect(wanted.tags).toMatchObject({ mood_happy: ['0.9123'], mood_sad: ['0.2500'], mood: ['engaging', 'happy'] });
  expect(wanted.standard).toEqual({
    bpm: '128',
    initialkey: 'F#m',
    replaygain_track_gain: '-8.68 dB',
    replaygain_track_peak: '1.035100',
  });
  expect(wanted.overwriteStandard).toBe(true);
});

it('names genres by the fifty tags where no finer model is installed', () => {
  const msd = aHead('msd_tags', { rock: 0.4, 'female vocalists': 0.9, rnb: 0.25, jazz: 0.15 }, 'sigmoid');
  expect(wantedTags({ ...analyzed, heads: [msd] }, 'full', settings).tags.genre).toEqual(['Rock', 'R&B']);
});

it('leaves a tempo and a key unwritten that are hardly more than a guess', () => {
  const vague = { ...descriptors, bpmConfidence: 0.1, keyConfidence: 0.1 };
  const { tags, standard } = wantedTags({ ...analyzed, descriptors: vague }, 'full', {
    ...settings,
    write_standard_fields: true,
  });
  expect([tags.bpm, tags.key, tags.loudness]).toEqual([undefined, undefined, ['-9.32']]);
  expect(Object.keys(standard ?? {})).toEqual(['replaygain_track_gain', 'replaygain_track_peak']);
});
