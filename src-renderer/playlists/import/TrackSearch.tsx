import { useEffect, useId, useState } from 'react';
import type { Track } from '../../../src-main/library/tracks/contract';
import { api, useCall } from '../../api';
import { Button } from '../../ui';
import styles from './Import.module.css';

const TYPING_PAUSE_MS = 150;

/** A search for the one track that a line means. */
export function TrackSearch({ label, first, onPick }: { label: string; first: string; onPick(track: Track): void }) {
  const id = useId();
  const [text, setText] = useState(first);
  const [query, setQuery] = useState(first);
  useEffect(() => {
    const timer = window.setTimeout(() => setQuery(text), TYPING_PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  const found = useCall(api.tracks.list, { query, limit: 6, sort: 'title' }, { isEnabled: query.trim() !== '' });
  const items = query.trim() === '' ? [] : (found.data?.items ?? []);
  return (
    <div className={styles.search}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input id={id} type="search" value={text} onChange={(event) => setText(event.target.value)} />
      <ul aria-label={`Found: ${label}`}>
        {items.map((track) => (
          <li key={track.id}>
            <Button look="quiet" icon="check" onClick={() => onPick(track)}>
              {[track.title, track.artist, track.album].filter(Boolean).join(', ')}
            </Button>
          </li>
        ))}
      </ul>
      {found.data && items.length === 0 && <p className={styles.muted}>No track has these words.</p>}
    </div>
  );
}
