import { type Database, stillWantedAt } from '../../platform/database';
import { type Bound, bound, type LibraryScope, type NamedCount, percentage, splitGenres } from './counting';

/** Width of a bar of the tempo histogram, in beats per minute. */
const TEMPO_STEP = 10;
const GENRES = 50;

export interface OverviewInput extends LibraryScope {
  /** Genres that are told, the most frequent first. */
  readonly genres?: number;
}

interface TrackFacts {
  size_bytes: number;
  duration_ms: number | null;
  year: number | null;
  genre: string;
  bpm: number | null;
  musical_key: string | null;
  container: string | null;
}

/**
 * What a library holds: every track whose file is there, analyzed or not. The rows are looked at once and counted
 * here; as GROUP BYs, each of the five distributions sorts the library anew.
 */
export function createOverview(db: Database) {
  const facts = db.prepare<[Bound], TrackFacts>(`
    SELECT size_bytes, duration_ms, year, genre, bpm, musical_key, container FROM track
    WHERE missing_since IS NULL AND (@library IS NULL OR library_id = @library) AND ${stillWantedAt('id')}`);

  return ({ genres: most = GENRES, ...scope }: OverviewInput) => {
    const sums = { files: 0, durationMs: 0, timed: 0, sizeBytes: 0 };
    const by = { year: aTally<number>(), tempo: aTally<number>(), ...textTallies() };
    for (const track of facts.iterate(bound(scope))) {
      sums.files++;
      sums.sizeBytes += track.size_bytes;
      sums.durationMs += track.duration_ms ?? 0;
      if (track.duration_ms !== null) sums.timed++;
      by.year.add(track.year);
      by.tempo.add(track.bpm === null ? null : Math.floor(track.bpm / TEMPO_STEP) * TEMPO_STEP);
      by.genre.add(track.genre);
      by.key.add(track.musical_key);
      by.container.add(track.container);
    }
    const shares = (counts: readonly NamedCount[]) =>
      counts.map(({ name, count }) => ({ name, count, percentage: percentage(count, sums.files) }));
    return {
      file_count: sums.files,
      total_duration_ms: sums.durationMs,
      total_file_size_bytes: sums.sizeBytes,
      avg_track_length_ms: sums.timed === 0 ? 0 : Math.round(sums.durationMs / sums.timed),
      year_distribution: by.year.inOrder().map(({ name: year, count }) => ({ year, count })),
      genre_distribution: shares(splitGenres(by.genre.mostFirst()).slice(0, most)),
      tempoHistogram: by.tempo.inOrder().map(({ name: from, count }) => ({ from, to: from + TEMPO_STEP, count })),
      keyDistribution: shares(by.key.mostFirst()),
      containers: shares(by.container.mostFirst()),
    };
  };
}

const textTallies = () => ({ genre: aTally<string>(), key: aTally<string>(), container: aTally<string>() });

/** Counts how often each value comes; what is unknown is not counted. */
function aTally<T extends string | number>() {
  const counts = new Map<T, number>();
  const all = () => [...counts].map(([name, count]) => ({ name, count }));
  const byName = (a: { name: T }, b: { name: T }) => (a.name < b.name ? -1 : 1);
  return {
    add(value: T | null): void {
      if (value !== null && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
    },
    inOrder: () => all().sort(byName),
    mostFirst: () => all().sort((a, b) => b.count - a.count || byName(a, b)),
  };
}
