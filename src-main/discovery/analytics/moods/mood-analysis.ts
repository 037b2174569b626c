import type { Database } from '../../../platform/database';
import {
  type LibraryScope,
  percentage,
  prepareCountOfCounted,
  sizeOf,
  sizeOfBoth,
  TIER_NAMES,
  type TierName,
  unionOf,
} from '../counting';
import { type MoodSet, prepareMoodSets } from './mood-sets';

const PAIRS = 50;
const VIBES = 5;

export interface MoodAnalysisInput extends LibraryScope {
  /** The tier of the balance and of the dominant moods. */
  readonly tier: TierName;
}

/**
 * What the moods say of a library: how many of its tracks have any, for each tier, with the pairs that stand together
 * most often; how it leans between moods that exclude each other; and the moods that most of its tracks have.
 *
 * @param opposites pairs of moods of which a track never has both
 */
export function createMoodAnalysis(db: Database, opposites: readonly (readonly [string, string])[]) {
  const moodSets = prepareMoodSets(db);
  const counted = prepareCountOfCounted(db);

  return ({ tier, ...scope }: MoodAnalysisInput) => {
    const analyzed = counted(scope);
    const sets = moodSets(scope);
    const moods = sets.of(tier);
    const countOf = (mood: string) => moods.find((each) => each.mood === mood)?.count ?? 0;
    return {
      tier,
      analyzedTracks: analyzed,
      tiers: TIER_NAMES.map((name) => tierOf(name, sets.of(name), analyzed)),
      balance: opposites
        .map(([a, b]) => balanceOf({ mood: a, count: countOf(a) }, { mood: b, count: countOf(b) }))
        .filter(({ total }) => total > 0),
      dominantVibes: moods
        .slice(0, VIBES)
        .map(({ mood, count }) => ({ mood, count, percentage: percentage(count, analyzed) })),
    };
  };
}

function tierOf(tier: TierName, moods: readonly MoodSet[], analyzed: number) {
  const tracks = sizeOf(unionOf(moods.map((each) => each.tracks)));
  return { tier, tracks, percentage: percentage(tracks, analyzed), pairs: topPairs(moods, analyzed) };
}

function topPairs(moods: readonly MoodSet[], analyzed: number) {
  const pairs = moods.flatMap((a, i) =>
    moods.slice(i + 1).map((b) => ({ moods: [a.mood, b.mood], count: sizeOfBoth(a.tracks, b.tracks) })),
  );
  return pairs
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, PAIRS)
    .map((pair) => ({ ...pair, percentage: percentage(pair.count, analyzed) }));
}

function balanceOf(a: { mood: string; count: number }, b: { mood: string; count: number }) {
  const total = a.count + b.count;
  return { sides: [a, b].map((side) => ({ ...side, percentage: percentage(side.count, total) })), total };
}
