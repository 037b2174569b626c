import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeadScores } from '../../analysis/inference';
import { aBinaryHead, aHead } from './heads.fixture';
import { decideLabels, decideMoods } from './moods';
import { poleOf, TIERS, type Tier, tierOf } from './tiers';
import { wantedTags } from './wanted-tags';

const settings = {
  namespace: 'nom',
  write_standard_fields: false,
  write_alias_keys: false,
  overwrite_standard_fields: false,
};

describe('the tier of a label', () => {
  it.each<[number, number, Tier | null]>([
    [0.8, 0.2, 'strict'],
    [0.7999, 0.2, 'regular'],
    [0.75, 0.25, 'regular'],
    [0.7499, 0.25, 'loose'],
    [0.6, 0.4, 'loose'],
    [0.5999, 0.4, null],
    // The ratio and the gap to a strong counter, each at its bound.
    [0.8, 0.65, 'strict'],
    [0.8, 0.6501, 'regular'],
    [0.75, 0.67, 'regular'],
    [0.88, 0.8, 'regular'],
    [0.75, 0.6701, 'loose'],
    [0.6, 0.57, 'loose'],
    [0.6, 0.5701, null],
  ])('is, for %d against %d, %s', (score, counter, tier) => {
    expect(tierOf(score, counter, null)).toBe(tier);
  });

  it.each<[number, Tier | null]>([
    [0.0799, 'strict'],
    [0.08, 'regular'],
    [0.1499, 'regular'],
    [0.15, 'loose'],
    [0.2499, 'loose'],
    [0.25, null],
  ])('is limited by a deviation of %d over the track to %s', (std, tier) => {
    expect(tierOf(0.95, 0.05, std)).toBe(tier);
  });

  it('never rises when the score falls, the counter rises or the track varies more', () => {
    const rank = (tier: Tier | null) => (tier ? TIERS.indexOf(tier) : TIERS.length);
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, unit, unit, (score, counter, std, by) => {
        const before = rank(tierOf(score, counter, std));
        expect(rank(tierOf(score - by, counter, std))).toBeGreaterThanOrEqual(before);
        expect(rank(tierOf(score, counter + by, std))).toBeGreaterThanOrEqual(before);
        expect(rank(tierOf(score, counter, std + by))).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

it.each([
  [0.9, 0.05, { pole: 'high', tier: 'strict' }],
  [0.1, 0.05, { pole: 'low', tier: 'strict' }],
  [0.9, 0.08, { pole: 'high', tier: 'regular' }],
  [0.8, 0.05, { pole: 'high', tier: 'regular' }],
  [0.8, 0.15, { pole: 'high', tier: 'loose' }],
  [0.7, 0.05, { pole: 'high', tier: 'loose' }],
  [0.3, 0.05, { pole: 'low', tier: 'loose' }],
  [0.69, 0.05, undefined],
  [0.9, 0.25, undefined],
] as const)('reads a regression of %d that varies by %d', (mean, std, expected) => {
  expect(poleOf(mean, std)).toEqual(expected);
});

it('names what the verified order of the classes says, not the order itself', () => {
  const heads = [
    aBinaryHead('mood_happy', { happy: 0.9, non_happy: 0.1 }),
    aBinaryHead('mood_party', { non_party: 0.05, party: 0.95 }),
    aBinaryHead('danceability', { danceable: 0.78, not_danceable: 0.22 }),
    aBinaryHead('mood_relaxed', { non_relaxed: 0.9, relaxed: 0.1 }),
    aBinaryHead('tonal_atonal', { atonal: 0.35, tonal: 0.65 }),
    aBinaryHead('timbre', { bright: 0.1, dark: 0.9 }),
  ];
  expect(decideMoods(heads)).toEqual([
    { term: 'danceable', tier: 'regular' },
    { term: 'dark timbre', tier: 'strict' },
    { term: 'happy', tier: 'strict' },
    { term: 'party', tier: 'strict' },
    { term: 'tonal', tier: 'loose' },
  ]);
});

it('believes neither of two heads that contradict each other', () => {
  const happy = aBinaryHead('mood_happy', { happy: 0.95, non_happy: 0.05 });
  const sad = aBinaryHead('mood_sad', { non_sad: 0.35, sad: 0.65 });
  const unhappy = aBinaryHead('mood_happy-msd-musicnn-1', { happy: 0.3, non_happy: 0.7 });
  expect(decideMoods([happy, sad])).toEqual([]);
  expect(decideMoods([happy, unhappy])).toEqual([]);
});

it('counts a term of two heads once, with the higher tier', () => {
  const one = aBinaryHead('mood_happy', { happy: 0.65, non_happy: 0.35 });
  const other = aBinaryHead('mood_happy-msd-musicnn-1', { happy: 0.9, non_happy: 0.1 });
  expect(decideMoods([one, other])).toEqual([{ term: 'happy', tier: 'strict' }]);
});

it('tells the sex of a voice only where a voice was found, and not more surely than that', () => {
  const female = aBinaryHead('gender', { female: 0.95, male: 0.05 });
  const voice = (score: number) => aBinaryHead('voice_instrumental', { instrumental: 1 - score, voice: score });
  const terms = (...heads: HeadScores[]) => decideMoods(heads).map(({ term, tier }) => `${term}: ${tier}`);
  expect(terms(female)).toEqual([]);
  expect(terms(female, voice(0.1))).toEqual(['instrumental: strict']);
  expect(terms(female, voice(0.65))).toEqual(['female vocals: loose', 'vocal: loose']);
});

it('takes the own words of a mood head that it does not know, but not of any other', () => {
  const theme = aHead('mtg_jamendo_moodtheme', { deep_space: 0.9, happy: 0.1 }, 'sigmoid');
  const other = aHead('instrument', { guitar: 0.9, piano: 0.1 }, 'softmax');
  expect(decideMoods([theme, other])).toEqual([{ term: 'deep space', tier: 'strict' }]);
});

it('applies a calibration to score and deviation before it decides', () => {
  const head = aBinaryHead('mood_happy', { happy: 0.5, non_happy: 0.5 }, 0.1);
  const stretch = (_head: string, label: string, { score, std }: { score: number; std: number | null }) => ({
    score: label === 'happy' ? score + 0.4 : score - 0.4,
    std: std && std / 2,
  });
  expect(decideLabels(head, stretch).map(({ tier }) => tier)).toEqual(['strict', null]);
});

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const binary = (head: string, labels: readonly [string, string]) =>
  fc
    .record({ score: unit, std: fc.option(fc.double({ min: 0, max: 0.5, noNaN: true })) })
    .map(({ score, std }) => aBinaryHead(head, { [labels[0]]: score, [labels[1]]: 1 - score }, std));
const anyHeads = fc.tuple(
  binary('mood_happy', ['happy', 'non_happy']),
  binary('mood_sad', ['non_sad', 'sad']),
  binary('mood_aggressive', ['aggressive', 'not_aggressive']),
  binary('mood_relaxed', ['non_relaxed', 'relaxed']),
  binary('voice_instrumental', ['instrumental', 'voice']),
  binary('gender', ['female', 'male']),
);

it('writes lists of which each contains the surer one, sorted and without both sides of a pair, for any input', () => {
  fc.assert(
    fc.property(anyHeads, (heads) => {
      const { tags } = wantedTags({ version: 'v', heads, descriptors: null }, 'minimal', settings);
      const list = (tier: Tier) => tags[`mood-${tier}`] ?? [];
      expect(list('regular')).toEqual(expect.arrayContaining([...list('strict')]));
      expect(list('loose')).toEqual(expect.arrayContaining([...list('regular')]));
      expect(list('loose')).toEqual([...new Set(list('loose'))].sort());
      for (const pair of [
        ['happy', 'sad'],
        ['aggressive', 'relaxed'],
        ['vocal', 'instrumental'],
      ]) {
        expect(pair.every((term) => list('loose').includes(term))).toBe(false);
      }
    }),
  );
});
