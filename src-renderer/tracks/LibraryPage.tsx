import { useState } from 'react';
import { AddFiles } from '../drop';
import { AddLibraryDialog, LibrariesBar, useLibraries } from '../libraries';
import { Button, Empty, Loaded, Page } from '../ui';
import { TrackList } from './TrackList';

export function LibraryPage() {
  const libraries = useLibraries();
  const [isAdding, setAdding] = useState(false);
  const addFolder = (look: 'plain' | 'primary') => (
    <Button icon="add" look={look} onClick={() => setAdding(true)}>
      Add folder …
    </Button>
  );
  return (
    <Page
      title="Library"
      isFilling
      toolbar={
        <>
          <AddFiles />
          {libraries.data && libraries.data.length > 0 && addFolder('plain')}
        </>
      }
    >
      <Loaded of={libraries}>
        {(folders) =>
          folders.length === 0 ? (
            <Empty icon="library" title="No music yet" action={addFolder('primary')}>
              Your tracks will be listed here. Add a folder, or drop one anywhere on this window. Files are changed only
              after you say so, and every change can be undone.
            </Empty>
          ) : (
            <>
              <LibrariesBar libraries={folders} />
              <TrackList libraries={folders} />
            </>
          )
        }
      </Loaded>
      {isAdding && <AddLibraryDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
