import type { Database } from '../../../platform/database';
import {
  type Bound,
  bound,
  COUNTED,
  LEAST_OF_TIER,
  type LibraryScope,
  type NamedCount,
  percentage,
  splitGenres,
  type TierName,
} from '../counting';

export interface CoOccurrencesInput extends LibraryScope {
  readonly mood: string;
  readonly tier: TierName;
  readonly limit: number;
}
type Asked = Bound & { mood: string; least: number };

/** What else is true of the tracks that have a mood: their other moods, and the genres and artists in their files. */
export function createCoOccurrences(db: Database) {
  const having = `
    SELECT track_id FROM track_mood WHERE mood = @mood AND tier >= @least AND +track_id IN (${COUNTED})`;
  const total = db.prepare<[Asked], number>(`SELECT COUNT(*) FROM (${having})`).pluck();
  const others = db.prepare<[Asked], NamedCount>(`
    SELECT other.mood AS name, COUNT(*) AS count
    FROM (${having}) AS given CROSS JOIN track_mood AS other ON other.track_id = given.track_id
    WHERE other.tier >= @least AND other.mood <> @mood
    GROUP BY other.mood ORDER BY count DESC, name`);
  const genres = db.prepare<[Asked], NamedCount>(`
    SELECT genre AS name, COUNT(*) AS count FROM track WHERE id IN (${having}) AND genre <> '' GROUP BY genre`);
  const artists = db.prepare<[Asked], NamedCount>(`
    SELECT artist AS name, COUNT(*) AS count FROM track WHERE id IN (${having}) AND artist <> ''
    GROUP BY artist ORDER BY count DESC, name`);

  return ({ mood, tier, limit, ...scope }: CoOccurrencesInput) => {
    const asked = { ...bound(scope), mood, least: LEAST_OF_TIER[tier] };
    const all = total.get(asked)!;
    const shares = (counts: readonly NamedCount[]) =>
      counts.slice(0, limit).map(({ name, count }) => ({ name, count, percentage: percentage(count, all) }));
    return {
      tag: mood,
      tier,
      total_occurrences: all,
      mood_co_occurrences: shares(others.all(asked)),
      genre_distribution: shares(splitGenres(genres.all(asked))),
      artist_distribution: shares(artists.all(asked)),
    };
  };
}
