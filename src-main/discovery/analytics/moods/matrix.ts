import type { Database } from '../../../platform/database';
import { AppError } from '../../../rpc';
import {
  type Bound,
  bound,
  COUNTED,
  genresIn,
  LEAST_OF_TIER,
  type LibraryScope,
  sizeOfBoth,
  type TrackSet,
  trackSetOf,
} from '../counting';

/** Something that is true of a track or not: one value of one key. */
export interface TagValue {
  readonly key: string;
  readonly value: string;
}
export interface MatrixInput extends LibraryScope {
  readonly x: readonly TagValue[];
  readonly y: readonly TagValue[];
  /** The prefix of our tags, which may stand before a key of ours. */
  readonly namespace: string;
}

/** Lists of moods, each with the least tier of what it holds. */
const MOOD_LISTS: Readonly<Record<string, number>> = {
  'mood-strict': LEAST_OF_TIER.strict,
  'mood-regular': LEAST_OF_TIER.regular,
  'mood-loose': LEAST_OF_TIER.loose,
  mood: LEAST_OF_TIER.regular,
};
/** What else a track is counted by, each with its column; of a track with several genres each one counts. */
const COLUMNS: Readonly<Record<string, string>> = {
  genre: 'genre',
  artist: 'artist',
  album: 'album',
  year: 'CAST(year AS TEXT)',
  key: 'musical_key',
  container: 'container',
};
const KNOWN = [...Object.keys(MOOD_LISTS), ...Object.keys(COLUMNS)];

/** How many tracks meet a condition of `x` and one of `y` at once: `matrix[j][i]` for `y[j]` and `x[i]`. */
export function createMatrix(db: Database) {
  const highest = db.prepare<[], number>('SELECT COALESCE(MAX(id), 0) FROM track').pluck();
  const moods = db
    .prepare<[Bound & { mood: string; least: number }], number>(`
      SELECT track_id FROM track_mood WHERE mood = @mood AND tier >= @least AND +track_id IN (${COUNTED})`)
    .pluck();
  const columns = new Map(
    Object.entries(COLUMNS).map(([key, column]) => [
      key,
      db
        .prepare<[Bound], [number, string | null]>(`
      SELECT id, ${column} FROM track
      WHERE (state & 5) = 4 AND (@library IS NULL OR library_id = @library)`)
        .raw(),
    ]),
  );

  function tracksByValue(key: string, values: ReadonlySet<string>, scope: LibraryScope): Map<string, number[]> {
    const least = MOOD_LISTS[key];
    if (least) return new Map([...values].map((mood) => [mood, moods.all({ ...bound(scope), mood, least })]));
    const found = new Map([...values].map((value) => [value, [] as number[]]));
    for (const [id, value] of columns.get(key)!.all(bound(scope))) {
      for (const each of key === 'genre' ? genresIn(value ?? '') : [value ?? '']) found.get(each)?.push(id);
    }
    return found;
  }

  return ({ x, y, namespace, ...scope }: MatrixInput) => {
    const most = highest.get()!;
    const asked = Map.groupBy([...x, ...y], ({ key }) => ownKey(key, namespace));
    const sets = new Map<string, TrackSet>();
    for (const [key, conditions] of asked) {
      const tracks = tracksByValue(key, new Set(conditions.map(({ value }) => value)), scope);
      for (const [value, ids] of tracks) sets.set(nameOf({ key, value }), trackSetOf(ids, most));
    }
    const setOf = ({ key, value }: TagValue) => sets.get(nameOf({ key: ownKey(key, namespace), value }))!;
    const rows = y.map(setOf);
    return { x: [...x], y: [...y], matrix: rows.map((row) => x.map((column) => sizeOfBoth(row, setOf(column)))) };
  };
}

const nameOf = ({ key, value }: TagValue) => `${key}\0${value}`;

/** The key without the prefix of our tags. Throws `invalid_input` for one that nothing is counted by. */
function ownKey(key: string, namespace: string): string {
  const own = key.startsWith(`${namespace}:`) ? key.slice(namespace.length + 1) : key;
  if (KNOWN.includes(own)) return own;
  throw new AppError('invalid_input', `Nothing is counted by "${key}". Known: ${KNOWN.join(', ')}.`);
}
