import { useEffect, useState } from 'react';
import type { Library } from '../../src-main/library/libraries/contract';
import { LibrarySelect } from '../libraries';
import { count, Icon, Select } from '../ui';
import styles from './TrackList.module.css';
import { type Show, searchTracks, showLibrary, showTracks, useTracksStore } from './tracks-store';

const SHOWS: readonly (readonly [Show, string])[] = [
  ['all', 'All tracks'],
  ['unanalyzed', 'Not analyzed yet'],
  ['skipped', 'Skipped'],
  ['errors', 'Failed'],
  ['untagged', 'Not written yet'],
  ['missing', 'Missing files'],
];
const TYPING_PAUSE_MS = 80;

export function TrackFilter({ libraries, total }: { libraries: readonly Library[]; total: number | undefined }) {
  const { show, library } = useTracksStore();
  return (
    <search className={styles.filter} aria-label="Tracks">
      <SearchBox />
      <Select label="Which tracks" value={show} options={SHOWS} onChange={showTracks} />
      <LibrarySelect libraries={libraries} value={library} onChange={showLibrary} />
      <p className={styles.total} role="status">
        {total === undefined ? '' : count(total, 'track')}
      </p>
    </search>
  );
}

function SearchBox() {
  const query = useTracksStore((state) => state.query);
  const [text, setText] = useState(query);
  useEffect(() => setText(query), [query]);
  useEffect(() => {
    if (text === query) return;
    const timer = window.setTimeout(() => searchTracks(text), TYPING_PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text, query]);
  return (
    <div className={styles.search}>
      <Icon name="search" />
      <input
        type="search"
        aria-label="Search tracks"
        aria-keyshortcuts="/"
        placeholder="Search title, artist, album, genre or path   ( / )"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
