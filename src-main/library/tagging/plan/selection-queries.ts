import { type Database, pathsBelow } from '../../../platform/database';
import { TRACK_FILTER, trackFilterOf } from '../../tracks';
import type { WriteSelection } from './contract';

/** A file or folder inside a library; an empty path is the library's own folder. */
export interface LibraryPlace {
  readonly libraryId: number;
  readonly path: string;
}
/** A selection that the table of tracks alone can answer. */
export type TableSelection =
  | Exclude<WriteSelection, { of: 'stale' | 'paths' }>
  | { readonly of: 'places'; readonly places: readonly LibraryPlace[] };

interface Bound {
  library: number | null;
  mask: number;
  wanted: number;
  part: string | null;
  match: string | null;
  track: number | null;
  /** JSON. */
  ids: string;
  except: string;
  places: string;
}

const CONDITIONS: Readonly<Record<TableSelection['of'], string>> = {
  library: 'library_id = @library',
  tracks: 'id IN (SELECT value FROM json_each(@ids))',
  album: 'id = @track OR album_id = (SELECT album_id FROM track WHERE id = @track)',
  filter: `${TRACK_FILTER} AND id NOT IN (SELECT value FROM json_each(@except))
    AND (@match IS NULL OR id IN (SELECT rowid FROM track_search WHERE track_search MATCH COALESCE(@match, '""')))`,
  places: `EXISTS (
    SELECT 1 FROM json_each(@places) WHERE library_id = value ->> 'libraryId' AND (
      value ->> 'path' IN ('', track.path) OR (track.path > value ->> 'from' AND track.path < value ->> 'to')))`,
};

const NOTHING: Bound = {
  ...{ library: null, mask: 0, wanted: 0, part: null, match: null, track: null },
  ...{ ids: '[]', except: '[]', places: '[]' },
};

function bind(selection: TableSelection): Bound {
  switch (selection.of) {
    case 'library':
      return { ...NOTHING, library: selection.library };
    case 'tracks':
      return { ...NOTHING, ids: JSON.stringify(selection.ids) };
    case 'album':
      return { ...NOTHING, track: selection.track };
    case 'filter':
      return { ...NOTHING, ...trackFilterOf(selection), except: JSON.stringify(selection.except) };
    case 'places':
      return { ...NOTHING, places: JSON.stringify(selection.places.map((at) => ({ ...at, ...pathsBelow(at.path) }))) };
  }
}

/** Which tracks were chosen: their number, and their ids in pages, so that a large choice takes no memory. */
export function createSelectionQueries(db: Database) {
  const prepared = Object.entries(CONDITIONS).map(([of, condition]) => {
    const count = db.prepare<[Bound], number>(`SELECT COUNT(*) FROM track WHERE ${condition}`).pluck();
    const list = db
      .prepare<[Bound & { after: number; limit: number }], number>(
        `SELECT id FROM track WHERE id > @after AND (${condition}) ORDER BY id LIMIT @limit`,
      )
      .pluck();
    return [of, { count, list }] as const;
  });
  const statements = new Map<string, (typeof prepared)[number][1]>(prepared);

  return {
    'tagging.countSelected': (selection: TableSelection): number =>
      statements.get(selection.of)!.count.get(bind(selection))!,
    'tagging.listSelected': ({
      selection,
      after,
      limit,
    }: {
      selection: TableSelection;
      after: number;
      limit: number;
    }) => statements.get(selection.of)!.list.all({ ...bind(selection), after, limit }),
  };
}
export type SelectionQueries = ReturnType<typeof createSelectionQueries>;
