import { expect, it } from 'vitest';
import { aBinaryHead, aHead } from './heads.fixture';
import { tagKeysOf } from './tag-keys';
import { wantedTags } from './wanted-tags';

const descriptors = {
  loudnessLufs: -9.3,
  loudnessRangeLu: 5,
  truePeakDbtp: 0,
  replaygainGainDb: -8,
  replaygainPeak: 1,
  bpm: 128,
  bpmConfidence: 0.9,
  key: 'F#',
  scale: 'minor',
  keyConfidence: 0.8,
} as const;
const heads = [
  aBinaryHead('mood_happy', { happy: 0.9, non_happy: 0.1 }),
  aBinaryHead('mood_happy-msd-musicnn-1', { happy: 0.5, non_happy: 0.5 }),
  aBinaryHead('nsynth_bright_dark', { bright: 0.9, dark: 0.1 }),
  aHead('muse', { valence: 5, arousal: 7 }, 'identity'),
  aHead('genre_discogs400', { 'Rock---Indie Rock': 0.5 }, 'sigmoid'),
  aHead('moods_own', { dreamy: 0.9 }, 'sigmoid'),
];
const settings = {
  namespace: 'nom',
  write_standard_fields: true,
  write_alias_keys: true,
  overwrite_standard_fields: false,
};
const outlines = heads.map(({ head, kind, scores }) => ({ head, kind, labels: scores.map(({ label }) => label) }));

it('names exactly the tags that a track analyzed with these heads gets', () => {
  const written = wantedTags({ version: 'v', heads, descriptors }, 'full', settings).tags;
  const keys = tagKeysOf(outlines, settings).map(({ key }) => key);
  expect([...keys].sort()).toEqual(Object.keys(written).sort());
  expect(new Set(keys).size).toBe(keys.length);
});

it('tells which of them the mode minimal writes, and leaves alias keys out where they are not written', () => {
  const written = wantedTags({ version: 'v', heads, descriptors }, 'minimal', settings).tags;
  const plain = tagKeysOf(outlines, { write_alias_keys: false });
  expect(plain.filter(({ isMinimal }) => isMinimal).map(({ key }) => key)).toEqual(Object.keys(written));
  expect(plain.some(({ key }) => key === 'mood_happy' || key === 'mood')).toBe(false);
});

it('knows every head that answers one question, in the order in which they are believed', () => {
  const happy = tagKeysOf(outlines, settings).find(({ key }) => key === 'happy');
  const sources = happy?.source.from === 'scores' ? happy.source.sources : [];
  expect(sources.map(({ head }) => head)).toEqual(['mood_happy', 'mood_happy-msd-musicnn-1']);
});
