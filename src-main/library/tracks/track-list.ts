import type { z } from 'zod';
import type { Database } from '../../platform/database';
import type { tracksContract } from './contract';
import { PASSED_OVER } from './track-status';
import { matchExpression } from './words';

export type TrackQuery = z.output<typeof tracksContract.list.input>;
/** Which tracks, in which order; the page apart. */
export type TrackSelection = Omit<TrackQuery, 'limit' | 'offset'>;

/** The order of each list, the same as its index; `%` stands for ASC or DESC. */
const ORDERS: Record<TrackQuery['sort'], { index: string; by: string }> = {
  title: { index: 'track_by_title', by: 'sort_title %, id %' },
  artist: { index: 'track_by_artist', by: 'sort_artist %, sort_album %, disc_number %, track_number %, id %' },
  album: { index: 'track_by_album', by: 'sort_album %, album_id %, disc_number %, track_number %, id %' },
  added: { index: 'track_by_added', by: 'added_at %, id %' },
};

/** Parts of the tracks that are there and not analyzed, by how the last attempt ended; the same as `statusOf` tells. */
type Part = 'waiting' | 'skipped' | 'failed';

interface Shown {
  /** Which bits of `track.state` count, and what they have to be. */
  readonly mask: number;
  readonly wanted: number;
  readonly part: Part | null;
}

const SHOWN: Record<TrackQuery['show'], Shown> = {
  all: { mask: 0, wanted: 0, part: null },
  unanalyzed: { mask: 0b0101, wanted: 0, part: 'waiting' },
  skipped: { mask: 0b0101, wanted: 0, part: 'skipped' },
  errors: { mask: 0b0101, wanted: 0, part: 'failed' },
  untagged: { mask: 0b1001, wanted: 0, part: null },
  missing: { mask: 0b0001, wanted: 0b0001, part: null },
};
/** What an attempt may be made for, whatever became of the last one. */
const ATTEMPTABLE: Shown = { mask: 0b0111, wanted: 0, part: null };

/** Up to here the found are sorted; above, walking the index of the order and asking "is it found?" is faster. */
const FEW = 2000;
const KEPT_TOTALS = 64;

interface Bound {
  library: number | null;
  mask: number;
  wanted: number;
  part: Part | null;
  match: string | null;
  limit: number;
  offset: number;
}

const PASSED = `(${PASSED_OVER.map((code) => `'${code}'`).join(', ')})`;
const ATTEMPTED = 'SELECT id FROM track INDEXED BY track_attempted WHERE attempt_code IS NOT NULL';
const SKIPPED = `${ATTEMPTED} AND attempt_code IN ${PASSED}`;

const STATE = '(@library IS NULL OR library_id = @library) AND (state & @mask) = @wanted';
// Few attempts failed: the ids of their tracks are found once, so that the rest is read from the index of the order.
const FILTER = `${STATE} AND CASE @part
  WHEN 'waiting' THEN state & 2 = 0 AND id NOT IN (${ATTEMPTED})
  WHEN 'skipped' THEN id IN (${SKIPPED})
  WHEN 'failed' THEN id NOT IN (${SKIPPED}) AND (state & 2 OR id IN (${ATTEMPTED}))
  ELSE TRUE END`;
/** The condition of SQL that a filter is, apart from its words; `trackFilterOf` gives its values. */
export const TRACK_FILTER = FILTER;

const FOUND = 'SELECT rowid FROM track_search WHERE track_search MATCH @match';

/** What `TRACK_FILTER` is asked with, and the words as a query of the index of words; null when there are none. */
export function trackFilterOf({ query, library, show }: Pick<TrackSelection, 'query' | 'library' | 'show'>) {
  return { library: library ?? null, match: matchExpression(query), ...SHOWN[show] };
}

/** Pages of track ids: a page deep in a large library costs milliseconds, because only an index is read for it. */
export function createTrackList(db: Database) {
  const pages = new Map(
    (Object.keys(ORDERS) as TrackQuery['sort'][]).flatMap((sort) =>
      (['asc', 'desc'] as const).map((order) => [`${sort} ${order}`, preparePages(db, sort, order)] as const),
    ),
  );
  const countAll = db
    .prepare<[Partial<Bound>], number>(`SELECT COALESCE(SUM(tracks), 0) FROM track_count WHERE ${STATE}`)
    .pluck();
  const attempted = db.prepare<[Partial<Bound>], { isPassed: number; isUnreadable: number; tracks: number }>(`
    SELECT attempt_code IN ${PASSED} AS isPassed, state & 2 AS isUnreadable, COUNT(*) AS tracks
    FROM track INDEXED BY track_attempted WHERE attempt_code IS NOT NULL AND ${STATE} GROUP BY 1, 2`);
  const countFound = db
    .prepare<[string], number>('SELECT COUNT(*) FROM track_search WHERE track_search MATCH ?')
    .pluck();
  const countFiltered = db
    .prepare<[Partial<Bound>], number>(
      `SELECT COUNT(*) FROM track INDEXED BY track_by_added WHERE ${FILTER} AND +id IN (${FOUND})`,
    )
    .pluck();
  const remembered = rememberWhileUnchanged(db);

  function bind(selection: TrackSelection, page: { limit: number; offset: number }): Bound {
    return { ...trackFilterOf(selection), ...page };
  }

  function total(bound: Bound): number {
    const { library, mask, wanted, part, match } = bound;
    if (match === null && part === null) return countAll.get({ library, mask, wanted })!;
    if (match !== null && library === null && mask === 0) return found(match);
    return remembered(`${library} ${mask} ${wanted} ${part} ${match}`, () =>
      match === null ? countPart(library, part!) : countFiltered.get({ library, mask, wanted, part, match }),
    )!;
  }

  /** From the counts of every state and the few tracks whose last attempt failed. */
  function countPart(library: number | null, part: Part): number {
    const ended = attempted.all({ library, mask: 0b0101, wanted: 0 });
    const sum = (rows: typeof ended) => rows.reduce((all, { tracks }) => all + tracks, 0);
    const readable = ended.filter(({ isUnreadable }) => !isUnreadable);
    const skipped = ended.filter(({ isPassed }) => isPassed);
    const inState = (wanted: number) => countAll.get({ library, mask: 0b0111, wanted })!;
    if (part === 'waiting') return inState(0) - sum(readable);
    if (part === 'skipped') return sum(skipped);
    const failed = readable.filter(({ isPassed }) => !isPassed);
    return inState(0b0010) + sum(failed) - sum(skipped.filter(({ isUnreadable }) => isUnreadable));
  }

  function found(match: string): number {
    return remembered(match, () => countFound.get(match))!;
  }

  function idsOf({ limit, offset, ...selection }: TrackQuery): number[] {
    const bound = bind(selection, { limit, offset });
    const { plain, few, many } = pages.get(`${selection.sort} ${selection.order}`)!;
    const statement = bound.match === null ? plain : found(bound.match) <= FEW ? few : many;
    return statement.all(bound);
  }

  const totalOf = ({ limit, offset, ...selection }: TrackQuery): number => total(bind(selection, { limit, offset }));

  return {
    /** The ids of one page, and how many there are on all pages together. */
    page: (query: TrackQuery): { ids: number[]; total: number } => ({ ids: idsOf(query), total: totalOf(query) }),
    /** The ids of one page alone. */
    idsOf,
    totalOf,
    /** Every id of a selection, in its order. */
    ids(selection: TrackSelection): number[] {
      const { plain, many } = pages.get(`${selection.sort} ${selection.order}`)!;
      const bound = bind(selection, { limit: -1, offset: 0 });
      return (bound.match === null ? plain : many).all(bound);
    },
    /** Ids of a whole library that are there, can be read and are not analyzed, album by album. */
    attemptableIds: (library: number): number[] =>
      pages.get('artist asc')!.plain.all({ ...ATTEMPTABLE, library, match: null, limit: -1, offset: 0 }),
  };
}

/** What is asked of the reader's thread: a page so deep that finding it takes long. */
export function createTrackQueries(db: Database) {
  const { idsOf } = createTrackList(db);
  return { 'tracks.deepPage': (query: TrackQuery): number[] => idsOf(query) };
}
export type TrackQueries = ReturnType<typeof createTrackQueries>;

function preparePages(db: Database, sort: TrackQuery['sort'], order: 'asc' | 'desc') {
  const { index, by } = ORDERS[sort];
  const page = `ORDER BY ${by.replaceAll('%', order)} LIMIT @limit OFFSET @offset`;
  const prepare = (sql: string) => db.prepare<[Bound], number>(sql).pluck();
  return {
    plain: prepare(`SELECT id FROM track INDEXED BY ${index} WHERE ${FILTER} ${page}`),
    few: prepare(`
      SELECT id FROM track_search CROSS JOIN track ON id = track_search.rowid
      WHERE track_search MATCH @match AND ${FILTER} ${page}`),
    many: prepare(`SELECT id FROM track INDEXED BY ${index} WHERE ${FILTER} AND +id IN (${FOUND}) ${page}`),
  };
}

/** Keeps counts as long as nothing at all was written, so that scrolling through a search counts once. */
function rememberWhileUnchanged(db: Database) {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  const kept = new Map<string, number>();
  let keptAt = -1;
  return (key: string, count: () => number | undefined): number | undefined => {
    const now = changes.get()!;
    if (now !== keptAt || kept.size >= KEPT_TOTALS) kept.clear();
    keptAt = now;
    const value = kept.get(key) ?? count();
    if (value !== undefined) kept.set(key, value);
    return value;
  };
}
