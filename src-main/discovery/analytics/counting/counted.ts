import { type Database, stillWantedAt } from '../../../platform/database';

/** Which library is looked at; all of them together where none is named. */
export interface LibraryScope {
  readonly libraryId?: number;
}

/** What the statements of this domain bind for a scope. */
export const bound = ({ libraryId }: LibraryScope) => ({ library: libraryId ?? null });
export type Bound = ReturnType<typeof bound>;

/**
 * The tracks that moods and measured values are counted of: those whose file is there and whose audio, as it is now, was
 * analyzed. A track counts once in whatever it is counted for. The index holds all that is asked for here.
 */
export const COUNTED = `
  SELECT id FROM track INDEXED BY track_by_added
  WHERE (state & 5) = 4 AND (@library IS NULL OR library_id = @library) AND ${stillWantedAt('id')}`;

/** How many tracks are counted: the whole of which every distribution here is a part. */
export function prepareCountOfCounted(db: Database): (scope: LibraryScope) => number {
  const count = db
    .prepare<[Bound], number>(`
      SELECT COALESCE(SUM(tracks), 0) FROM track_count
      WHERE (state & 5) = 4 AND (@library IS NULL OR library_id = @library)`)
    .pluck();
  return (scope) => count.get(bound(scope))!;
}

/** A share in percent with one decimal; 0 of nothing. */
export function percentage(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;
}
