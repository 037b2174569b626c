import type { Library } from '../../src-main/library/libraries/contract';
import { goTo } from '../router';
import { Button, Empty, Grid, Loaded } from '../ui';
import { SelectionBar } from './SelectionBar';
import {
  clearSelection,
  countOf,
  isSelected,
  selectAll,
  selectRange,
  toggleTrack,
  useSelectionStore,
} from './selection-store';
import { TrackFilter } from './TrackFilter';
import styles from './TrackList.module.css';
import { TRACK_COLUMNS } from './track-columns';
import { rememberRow, type SortKey, searchTracks, showTracks, sortTracks, useTracksStore } from './tracks-store';
import { useTracks } from './use-tracks';

/** Search, filter and the tracks they leave. */
export function TrackList({ libraries }: { libraries: readonly Library[] }) {
  const tracks = useTracks();
  const { query, show, sort, order, row, library } = useTracksStore();
  const selection = useSelectionStore();
  return (
    <section className={styles.list} aria-label="Tracks">
      <TrackFilter libraries={libraries} total={tracks.data} />
      <Loaded of={tracks} lines={8}>
        {(total) =>
          total === 0 ? (
            <NoTracks isFiltered={query !== '' || show !== 'all' || library !== undefined} />
          ) : (
            <>
              <SelectionBar total={total} />
              <Grid
                key={`${query}|${show}|${sort}|${order}|${library}`}
                label="Tracks"
                total={total}
                rowAt={tracks.rowAt}
                columns={TRACK_COLUMNS}
                onRange={tracks.onRange}
                onOpen={({ id }) => goTo({ screen: 'track', id })}
                startAt={row}
                onActive={rememberRow}
                sort={{ key: sort, order, onSort: (key) => sortTracks(key as SortKey) }}
                selection={{
                  count: countOf(selection, total),
                  label: ({ title }) => `Select ${title}`,
                  isSelected: ({ id }) => isSelected(selection, id),
                  toggle: toggleTrack,
                  selectRange: (from, to) => void selectRange(from, to),
                  selectAll,
                  clear: clearSelection,
                }}
              />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function NoTracks({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) {
    return (
      <Empty icon="library" title="No tracks yet">
        The folders hold no music, or have not been scanned yet.
      </Empty>
    );
  }
  return (
    <Empty
      icon="search"
      title="Nothing fits"
      action={
        <Button
          onClick={() => {
            searchTracks('');
            showTracks('all');
            useTracksStore.setState({ library: undefined });
          }}
        >
          Show all tracks
        </Button>
      }
    >
      No track has these words in its title, artist, album, genre or path, and this state.
    </Empty>
  );
}
