import { create } from 'zustand';

export type Show = 'all' | 'unanalyzed' | 'skipped' | 'errors' | 'untagged' | 'missing';
export type SortKey = 'title' | 'artist' | 'album' | 'added';

interface TracksState {
  query: string;
  library: number | undefined;
  show: Show;
  sort: SortKey;
  order: 'asc' | 'desc';
  /** The row that had the focus last, to come back to it. */
  row: number;
}

/** What the person looks for and where they are in the list; kept while they look at a track. */
export const useTracksStore = create<TracksState>()(() => ({
  query: '',
  library: undefined,
  show: 'all',
  sort: 'artist',
  order: 'asc',
  row: 0,
}));

export const searchTracks = (query: string) => useTracksStore.setState({ query, row: 0 });
export const showTracks = (show: Show) => useTracksStore.setState({ show, row: 0 });
export const showLibrary = (library: number | undefined) => useTracksStore.setState({ library, row: 0 });
export const rememberRow = (row: number) => useTracksStore.setState({ row });

/** Sorts by a column; by the same again, the other way round. */
export const sortTracks = (sort: SortKey) =>
  useTracksStore.setState((state) => ({
    sort,
    order: state.sort === sort && state.order === 'asc' ? 'desc' : 'asc',
    row: 0,
  }));
