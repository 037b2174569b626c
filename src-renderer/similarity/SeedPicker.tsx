import { useId, useState } from 'react';
import type { Track } from '../../src-main/library/tracks/contract';
import { useFoundTracks } from '../tracks';
import { Button, Icon, useDebounced } from '../ui';
import { addSeed, maxSeeds, removeSeed, useMixStore } from './mix-store';
import styles from './Similar.module.css';

const TYPING_PAUSE_MS = 150;

/** The tracks that a mix or a path begins from, and a search to find them. */
export function SeedPicker() {
  const { seeds, kind } = useMixStore();
  const id = useId();
  const [text, setText] = useState('');
  const query = useDebounced(text, TYPING_PAUSE_MS);
  const found = useFoundTracks(query);
  const isFull = seeds.length >= maxSeeds(kind);
  return (
    <div className={styles.picker}>
      <ol className={styles.seeds} aria-label={kind === 'path' ? 'From and to' : 'Seeds'}>
        {seeds.map((seed, index) => (
          <li key={seed.id}>
            <span className={styles.seed}>
              {kind === 'path' && <span className={styles.muted}>{index === 0 ? 'from ' : 'to '}</span>}
              {nameOf(seed)}
            </span>
            <Button icon="close" isIconOnly look="quiet" onClick={() => removeSeed(seed.id)}>
              {`Take out ${seed.title}`}
            </Button>
          </li>
        ))}
      </ol>
      {!isFull && (
        <div className={styles.search}>
          <label htmlFor={id}>{kind === 'path' ? 'Find the two tracks' : 'Find tracks to begin from'}</label>
          <div className={styles.searchField}>
            <Icon name="search" />
            <input
              id={id}
              type="search"
              placeholder="Title, artist or album"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          {query.trim() !== '' && <Found tracks={found.data?.items} />}
        </div>
      )}
    </div>
  );
}

function Found({ tracks }: { tracks: readonly Track[] | undefined }) {
  const { seeds } = useMixStore();
  if (tracks === undefined) return <p className={styles.muted}>Looking …</p>;
  if (tracks.length === 0) return <p className={styles.muted}>No track has these words.</p>;
  return (
    <ul className={styles.found} aria-label="Found tracks">
      {tracks.map((track) => {
        const isTaken = seeds.some(({ id }) => id === track.id);
        const isAnalyzed = track.analyzedAt !== null;
        return (
          <li key={track.id}>
            <Button
              look="quiet"
              icon={isTaken ? 'check' : 'add'}
              disabled={isTaken || !isAnalyzed}
              onClick={() => addSeed(track)}
            >
              {isAnalyzed ? nameOf(track) : `${nameOf(track)} (not analyzed yet)`}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

const nameOf = ({ title, artist }: Track) => (artist ? `${title}, ${artist}` : title);
