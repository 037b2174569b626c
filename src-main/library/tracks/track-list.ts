import type { z } from 'zod';
import type { Database } from '../../platform/database';
import type { tracksContract } from './contract';
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

/** Which bits of `track.state` are looked at, and what they have to be. */
const SHOWN: Record<TrackQuery['show'], { mask: number; wanted: number }> = {
  all: { mask: 0, wanted: 0 },
  unanalyzed: { mask: 0b0111, wanted: 0 },
  untagged: { mask: 0b1011, wanted: 0 },
  missing: { mask: 0b0001, wanted: 0b0001 },
  errors: { mask: 0b0011, wanted: 0b0010 },
};

/** Up to here the found are sorted; above, walking the index of the order and asking "is it found?" is faster. */
const FEW = 2000;
const KEPT_TOTALS = 64;

interface Bound {
  library: number | null;
  mask: number;
  wanted: number;
  match: string | null;
  limit: number;
  offset: number;
}

const FILTER = '(@library IS NULL OR library_id = @library) AND (state & @mask) = @wanted';
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
    .prepare<[Partial<Bound>], number>(`SELECT COALESCE(SUM(tracks), 0) FROM track_count WHERE ${FILTER}`)
    .pluck();
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
    const { library, mask, wanted, match } = bound;
    if (match === null) return countAll.get({ library, mask, wanted })!;
    if (library === null && mask === 0) return found(match);
    return remembered(`${match} ${library} ${mask} ${wanted}`, () =>
      countFiltered.get({ library, mask, wanted, match }),
    )!;
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
