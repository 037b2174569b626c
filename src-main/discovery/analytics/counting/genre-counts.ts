export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** What stands between the genres of a track whose file names several. */
const BETWEEN = /\s*;\s*/;

/** The genres of a track, each once. */
export const genresIn = (field: string): ReadonlySet<string> =>
  new Set(field.includes(';') ? field.split(BETWEEN).filter(Boolean) : field === '' ? [] : [field]);

/** Counts by what stands in the genre field, as counts by genre: a track with two genres counts for both of them. */
export function splitGenres(fields: readonly NamedCount[]): NamedCount[] {
  const counts = new Map<string, number>();
  for (const { name, count } of fields) {
    for (const genre of genresIn(name)) {
      counts.set(genre, (counts.get(genre) ?? 0) + count);
    }
  }
  const named = [...counts].map(([name, count]) => ({ name, count }));
  return named.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
