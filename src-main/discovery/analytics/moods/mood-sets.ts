import type { Database } from '../../../platform/database';
import {
  type Bound,
  bound,
  COUNTED,
  keepOnly,
  LEAST_OF_TIER,
  type LibraryScope,
  sizeOf,
  type TierName,
  type TrackSet,
  trackSetOf,
  unionOf,
} from '../counting';

export interface MoodSet {
  readonly mood: string;
  readonly tracks: TrackSet;
  readonly count: number;
}
export interface MoodSets {
  /** The moods in the list of a tier, the most frequent first. */
  of(tier: TierName): MoodSet[];
  /** How many tracks have a mood in this tier and in no surer one. */
  countOf(mood: string, tier: TierName): number;
}

/**
 * The tracks of each mood, as sets that can be crossed. The ids of a mood and tier lie side by side in the index; which
 * of them are counted is looked up in a set too, not by a join.
 */
export function prepareMoodSets(db: Database): (scope: LibraryScope) => MoodSets {
  const highest = db.prepare<[], number>('SELECT COALESCE(MAX(id), 0) FROM track').pluck();
  const counted = db.prepare<[Bound], number>(COUNTED).pluck();
  const moods = db
    .prepare<[], string>(`
      WITH RECURSIVE found (mood) AS (
        SELECT MIN(mood) FROM track_mood
        UNION ALL SELECT (SELECT MIN(mood) FROM track_mood WHERE mood > found.mood) FROM found WHERE mood IS NOT NULL)
      SELECT mood FROM found WHERE mood IS NOT NULL`)
    .pluck();
  const having = db
    .prepare<[string, number], number>('SELECT track_id FROM track_mood WHERE mood = ? AND tier = ?')
    .pluck();

  return function moodSets(scope) {
    const most = highest.get()!;
    const kept = trackSetOf(counted.all(bound(scope)), most);
    const exact = new Map(moods.all().map((mood) => [mood, [1, 2, 3].map((tier) => setOf(mood, tier))] as const));

    function setOf(mood: string, tier: number): TrackSet {
      const set = trackSetOf(having.all(mood, tier), most);
      keepOnly(set, kept);
      return set;
    }

    return {
      of(tier) {
        const sets = [...exact].map(([mood, byTier]) =>
          toMoodSet(mood, unionOf(byTier.slice(LEAST_OF_TIER[tier] - 1))),
        );
        const found = sets.filter(({ count }) => count > 0);
        return found.sort((a, b) => b.count - a.count || (a.mood < b.mood ? -1 : 1));
      },
      countOf: (mood, tier) => sizeOf(exact.get(mood)?.[LEAST_OF_TIER[tier] - 1] ?? trackSetOf([], 0)),
    };
  };
}

const toMoodSet = (mood: string, tracks: TrackSet): MoodSet => ({ mood, tracks, count: sizeOf(tracks) });
