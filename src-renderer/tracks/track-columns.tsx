import type { Track } from '../../src-main/library/tracks/contract';
import { Badge, type Column, clock } from '../ui';
import styles from './TrackList.module.css';

/** What the list says of a track. */
export const TRACK_COLUMNS: readonly Column<Track>[] = [
  {
    key: 'title',
    title: 'Title',
    width: '3 1 0',
    isSortable: true,
    render: (track) => (
      <span className={styles.titleCell}>
        <span className={styles.title}>{track.title}</span>
        <span className={styles.under}>{track.artist}</span>
      </span>
    ),
  },
  {
    key: 'artist',
    title: 'Artist',
    width: '2 1 0',
    from: 480,
    isSortable: true,
    render: (track) => track.artist || <span className={styles.quiet}>unknown</span>,
  },
  { key: 'album', title: 'Album', width: '2 1 0', from: 760, isSortable: true, render: (track) => track.album },
  {
    key: 'genre',
    title: 'Genre',
    width: '1 1 0',
    from: 960,
    render: (track) => <span className={styles.quiet}>{track.genre}</span>,
  },
  {
    key: 'bpm',
    title: 'Tempo',
    width: '0 0 6.2rem',
    align: 'end',
    from: 760,
    render: (track) => (
      <Doubted
        value={track.bpm === null ? null : String(Math.round(track.bpm))}
        isUnsure={track.unsure.includes('tempo')}
      />
    ),
  },
  {
    key: 'key',
    title: 'Key',
    width: '0 0 5.4rem',
    from: 760,
    render: (track) => <Doubted value={track.key} isUnsure={track.unsure.includes('key')} />,
  },
  {
    key: 'length',
    title: 'Length',
    width: '0 0 3.6rem',
    align: 'end',
    from: 480,
    render: (track) => clock(track.durationMs),
  },
  { key: 'state', title: 'State', width: '0 0 7.2rem', render: (track) => <TrackState track={track} /> },
];

/** A tempo may be half or double, a key a related one: then a word says so. */
function Doubted({ value, isUnsure }: { value: string | null; isUnsure: boolean }) {
  if (value === null) return '–';
  if (!isUnsure) return value;
  return (
    <>
      {value} <span className={styles.quiet}>unsure</span>
    </>
  );
}

/** The one thing about a track that matters most now. */
export function TrackState({ track }: { track: Track }) {
  switch (track.status) {
    case 'missing':
      return (
        <Badge tone="warn" icon="warning">
          missing
        </Badge>
      );
    case 'failed':
      return (
        <Badge tone="bad" icon="error">
          failed
        </Badge>
      );
    case 'skipped':
      return <Badge icon="skip">skipped</Badge>;
    case 'waiting':
      return <Badge icon="waiting">new</Badge>;
    case 'analyzed':
      return <AnalyzedState track={track} />;
  }
}

function AnalyzedState({ track }: { track: Track }) {
  if (track.isIncomplete) {
    return (
      <Badge tone="warn" icon="warning">
        incomplete
      </Badge>
    );
  }
  if (track.taggedAt !== null) {
    return (
      <Badge tone="good" icon="check">
        written
      </Badge>
    );
  }
  return (
    <Badge tone="accent" icon="wave">
      analyzed
    </Badge>
  );
}
