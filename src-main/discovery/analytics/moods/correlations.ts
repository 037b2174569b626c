import type { Database } from '../../../platform/database';
import type { LibraryScope } from '../counting';
import { sizeOfBoth, TIER_NAMES, type TierName } from '../counting';
import { type MoodSet, type MoodSets, prepareMoodSets } from './mood-sets';

/** Partners of a mood that are told, the likeliest first. */
const PARTNERS = 10;

export interface CorrelationsInput extends LibraryScope {
  readonly tier: TierName;
  readonly topN: number;
}

/**
 * How moods go together. Of the most frequent moods of a tier: how probable each other one of them is in a track that
 * has the first, P(b | a), three decimals, nothing below 0.001. And of the tracks that have a mood at all, the part in
 * which it is strict, regular or loose at most; the three add up to 1.
 */
export function createCorrelations(db: Database) {
  const moodSets = prepareMoodSets(db);

  return ({ tier, topN, ...scope }: CorrelationsInput) => {
    const sets = moodSets(scope);
    const top = sets.of(tier).slice(0, topN);
    return {
      tier,
      mood_correlations: Object.fromEntries(top.map((each) => [each.mood, partnersOf(each, top)])),
      mood_tier_correlations: Object.fromEntries(top.map(({ mood }) => [mood, tierShares(mood, sets)])),
    };
  };
}

function partnersOf(given: MoodSet, all: readonly MoodSet[]): Record<string, number> {
  const partners = all
    .filter(({ mood }) => mood !== given.mood)
    .map(({ mood, tracks }) => [mood, threeDecimals(sizeOfBoth(given.tracks, tracks) / given.count)] as const)
    .filter(([, probability]) => probability > 0);
  return Object.fromEntries(partners.sort((a, b) => b[1] - a[1]).slice(0, PARTNERS));
}

/** `tier_s`, `tier_a` and `tier_b` are the documents' words for strict, regular and loose. */
function tierShares(mood: string, sets: MoodSets) {
  const counts = TIER_NAMES.map((tier) => sets.countOf(mood, tier));
  const sum = counts.reduce((total, count) => total + count, 0);
  const [strict, regular, loose] = counts.map((count) => threeDecimals(count / sum));
  return { tier_s: strict, tier_a: regular, tier_b: loose, strict, regular, loose };
}

const threeDecimals = (value: number): number => Math.round(value * 1000) / 1000;
