import type { HeadKind } from '../../analysis/inference';
import { PROVENANCE_KEY } from '../../files/tag-formats';
import { type GenreSource, genreSourcesOf } from './genres';
import { TIERS, type Tier } from './tiers';
import { numberOf, regressionOf } from './vocabulary';
import { LEAST_CONFIDENCE, MOOD_NUMBERS, type TagSettings } from './wanted-tags';

/** A head as far as it is known without any score: what it is called, how it answers, and to which questions. */
export interface HeadOutline {
  readonly head: string;
  readonly kind: HeadKind;
  /** In the order of the head's output. */
  readonly labels: readonly string[];
}

/** A number of ours: `trimmedMean` of a class, or `mean` of a regression on the line from `low` (0) to `high` (1). */
export interface ScoreSource {
  readonly head: string;
  readonly label: string;
  readonly statistic: 'trimmed_mean' | 'mean';
  readonly low: number;
  readonly high: number;
}

/** Where the values of a tag come from. The first source of several that a track has is the one that is written. */
export type TagSource =
  | { readonly from: 'scores'; readonly sources: readonly ScoreSource[] }
  | { readonly from: 'moods'; readonly tier: Tier }
  | { readonly from: 'genres'; readonly word: 'genre' | 'style'; readonly sources: readonly GenreSource[] }
  | { readonly from: 'descriptor'; readonly name: 'bpm' | 'key' | 'loudness'; readonly leastConfidence: number }
  | { readonly from: 'provenance' };

/** One of the tags that we write: its key without the namespace, what its values are, and where they come from. */
export interface TagKey {
  readonly key: string;
  readonly type: 'float' | 'text';
  readonly isMultiple: boolean;
  /** The mode `minimal` writes it too. */
  readonly isMinimal: boolean;
  readonly source: TagSource;
}

/**
 * The tags that `wantedTags` makes of the output of these heads: the same keys, told without a track. The order of the
 * heads decides, where two answer the same question.
 */
export function tagKeysOf(heads: readonly HeadOutline[], settings: Pick<TagSettings, 'write_alias_keys'>): TagKey[] {
  const moods = TIERS.map((tier) => moodList(`mood-${tier}`, tier));
  const numbers = numberKeys(heads);
  const genres = genreSourcesOf(heads);
  const aliases = numbers.filter(({ key }) => MOOD_NUMBERS.includes(key));
  return [
    ...moods,
    ...numbers,
    ...(settings.write_alias_keys
      ? [
          ...aliases.map((each) => ({ ...each, key: `mood_${each.key}` })),
          { ...moodList('mood', 'regular'), isMinimal: false },
        ]
      : []),
    ...genreKeys(genres),
    ...descriptorKeys,
    { key: PROVENANCE_KEY, type: 'text', isMultiple: false, isMinimal: false, source: { from: 'provenance' } },
  ];
}

function moodList(key: string, tier: Tier): TagKey {
  return { key, type: 'text', isMultiple: true, isMinimal: true, source: { from: 'moods', tier } };
}

const single = { isMultiple: false, isMinimal: false } as const;

function numberKeys(heads: readonly HeadOutline[]): TagKey[] {
  const byKey = new Map<string, ScoreSource[]>();
  for (const outline of heads) {
    for (const { key, ...source } of numbersOf(outline)) byKey.set(key, [...(byKey.get(key) ?? []), source]);
  }
  return [...byKey].map(([key, sources]) => ({ key, type: 'float', ...single, source: { from: 'scores', sources } }));
}

function numbersOf({ head, kind, labels }: HeadOutline): (ScoreSource & { key: string })[] {
  if (kind === 'identity') {
    return labels.map((label) => {
      const { key, from, to } = regressionOf(label);
      return { key, head, label, statistic: 'mean', low: from, high: to };
    });
  }
  const number = kind === 'softmax' ? numberOf(head, labels) : undefined;
  return number && labels.includes(number.label)
    ? [{ key: number.key, head, label: number.label, statistic: 'trimmed_mean', low: 0, high: 1 }]
    : [];
}

function genreKeys(sources: readonly GenreSource[]): TagKey[] {
  const words = (['genre', 'style'] as const).filter((word) =>
    sources.some(({ names }) => names.some((name) => name[word] !== undefined)),
  );
  return words.map((word) => ({
    key: word,
    type: 'text',
    isMultiple: true,
    isMinimal: false,
    source: { from: 'genres', word, sources },
  }));
}

const descriptorKeys: readonly TagKey[] = [
  descriptor('bpm', 'float', LEAST_CONFIDENCE.bpm),
  descriptor('key', 'text', LEAST_CONFIDENCE.key),
  descriptor('loudness', 'float', 0),
];

function descriptor(name: 'bpm' | 'key' | 'loudness', type: TagKey['type'], leastConfidence: number): TagKey {
  return { key: name, type, ...single, source: { from: 'descriptor', name, leastConfidence } };
}
