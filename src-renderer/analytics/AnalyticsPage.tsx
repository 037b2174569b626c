import { LibrarySelect, useLibraries } from '../libraries';
import { hrefOf } from '../router';
import { Button, Empty, Loaded, Page } from '../ui';
import { showLibrary, useAnalyticsStore } from './analytics-store';
import { Collection, Totals } from './Collection';
import { Coverage } from './Coverage';
import { MoodDialog } from './MoodDialog';
import { Moods } from './Moods';
import { countAgain, useFreshNumbers, useOverview } from './use-analytics';

export function AnalyticsPage() {
  const overview = useOverview();
  const mood = useAnalyticsStore((state) => state.mood);
  useFreshNumbers();
  return (
    <Page title="Analytics" lead="What your libraries hold, and what was detected in them." toolbar={<Toolbar />}>
      <Loaded of={overview} lines={8}>
        {(collection) =>
          collection.file_count === 0 ? (
            <Empty icon="library" title="Nothing to count yet">
              There are no tracks here. <a href={hrefOf({ screen: 'library' })}>Add a folder with music</a>, and its
              numbers appear.
            </Empty>
          ) : (
            <>
              <Totals of={collection} />
              <Coverage />
              <Moods />
              <Collection of={collection} />
            </>
          )
        }
      </Loaded>
      {mood !== undefined && <MoodDialog mood={mood} />}
    </Page>
  );
}

function Toolbar() {
  return (
    <>
      <LibraryFilter />
      <Button icon="refresh" onClick={countAgain}>
        Count again
      </Button>
    </>
  );
}

function LibraryFilter() {
  const libraries = useLibraries();
  const library = useAnalyticsStore((state) => state.library);
  return <LibrarySelect libraries={libraries.data ?? []} value={library} onChange={showLibrary} />;
}
