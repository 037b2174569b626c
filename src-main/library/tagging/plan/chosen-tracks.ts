import type { Reader } from '../../../platform/database';
import type { TrackRepository } from '../../tracks';
import type { Rewrite } from '../jobs';
import type { WriteSelection } from './contract';
import type { LibraryPlace, SelectionQueries, TableSelection } from './selection-queries';

export interface ChosenTracksDeps {
  readonly reader: Reader<SelectionQueries>;
  readonly tracks: Pick<TrackRepository, 'get'>;
  readonly stale: Pick<Rewrite, 'count' | 'listAfter'>;
  /** Throws `not_found`. */
  readonly libraryName: (id: number) => string;
  /** Where a path lies. Throws `outside_library`. */
  readonly placeOf: (path: string) => Promise<LibraryPlace>;
}

/** A selection whose paths were found in their libraries. */
export type Chosen = Exclude<WriteSelection, { of: 'paths' }> | Extract<TableSelection, { of: 'places' }>;

/** Ids that are asked for at once. */
const PAGE = 1000;

/** Which tracks a selection means: their number, their name for people, and their ids page by page. */
export function createChosenTracks(deps: ChosenTracksDeps) {
  const { reader } = deps;

  async function listAfter(asked: Chosen, after: number): Promise<number[]> {
    if (asked.of !== 'stale') return reader.read('tagging.listSelected', { selection: asked, after, limit: PAGE });
    return (await deps.stale.listAfter(after, PAGE, asked.library)).map(({ trackId }) => trackId);
  }

  return {
    async find(selection: WriteSelection): Promise<Chosen> {
      if (selection.of !== 'paths') return selection;
      return { of: 'places', places: await Promise.all(selection.paths.map(deps.placeOf)) };
    },
    count: async (asked: Chosen): Promise<number> =>
      asked.of === 'stale'
        ? (await deps.stale.count(asked.library)).reduce((sum, { files }) => sum + files, 0)
        : reader.read('tagging.countSelected', asked),
    /** The ids of all, a page at a time. */
    async *pages(asked: Chosen): AsyncGenerator<number[]> {
      for (let ids = await listAfter(asked, 0); ids.length > 0; ids = await listAfter(asked, ids.at(-1)!)) yield ids;
    },
    /** What people call it. */
    titleOf(selection: WriteSelection, total: number): string {
      const tracks = `${total} ${total === 1 ? 'track' : 'tracks'}`;
      switch (selection.of) {
        case 'library':
          return `Tags of ${deps.libraryName(selection.library)}`;
        case 'album': {
          const { album, title } = deps.tracks.get(selection.track);
          return `Tags of ${album || title}`;
        }
        case 'filter':
          return selection.query === '' ? `Tags of ${tracks}` : `Tags of ${tracks} with “${selection.query}”`;
        case 'stale':
          return 'Older tags, written anew';
        default:
          return `Tags of ${tracks}`;
      }
    },
  };
}
