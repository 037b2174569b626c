import type { Database } from '../../../platform/database';
import {
  type Bound,
  bound,
  COUNTED,
  LEAST_OF_TIER,
  type LibraryScope,
  percentage,
  prepareCountOfCounted,
  type TierName,
} from '../counting';

export interface MoodDistributionInput extends LibraryScope {
  readonly tier: TierName;
  readonly limit: number;
}

/**
 * How many tracks have each mood in the list of a tier. A track counts once for a mood, however sure the mood is,
 * because the list of a tier contains those of the surer ones. The percentages are of the sum over all moods.
 */
export function createMoodDistribution(db: Database) {
  const counted = prepareCountOfCounted(db);
  const moods = db.prepare<[Bound & { least: number }], { mood: string; count: number }>(`
    SELECT mood, COUNT(*) AS count FROM track_mood INDEXED BY track_mood_by_mood
    WHERE tier >= @least AND +track_id IN (${COUNTED})
    GROUP BY mood ORDER BY count DESC, mood`);

  return ({ tier, limit, ...scope }: MoodDistributionInput) => {
    const rows = moods.all({ ...bound(scope), least: LEAST_OF_TIER[tier] });
    const sum = rows.reduce((total, { count }) => total + count, 0);
    const analyzed = counted(scope);
    return {
      tier,
      analyzedTracks: analyzed,
      mood_distribution: rows.slice(0, limit).map(({ mood, count }) => ({
        mood,
        count,
        percentage: percentage(count, sum),
        ofAnalyzed: percentage(count, analyzed),
      })),
    };
  };
}
