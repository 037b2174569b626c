import { type ReactNode, useState } from 'react';
import type {
  ImportAmbiguous,
  ImportMatched,
  ImportSource,
} from '../../../src-main/discovery/playlists/import/contract';
import type { Track } from '../../../src-main/library/tracks/contract';
import { hrefOf } from '../../router';
import { Button, clock, number } from '../../ui';
import styles from './Import.module.css';
import { choose, unchoose, useImportStore } from './import-store';
import { TrackSearch } from './TrackSearch';

const AT_ONCE = 100;

/** A list of lines that begins short: ten thousand of them would keep the page from answering. */
export function Lines<T>({ label, of, children }: { label: string; of: readonly T[]; children(item: T): ReactNode }) {
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <>
      <ol className={styles.lines} aria-label={label}>
        {of.slice(0, shown).map(children)}
      </ol>
      {of.length > shown && (
        <Button look="quiet" onClick={() => setShown(shown + AT_ONCE)}>
          {`Show more of ${number(of.length)}`}
        </Button>
      )}
    </>
  );
}

const METHODS: Readonly<Record<ImportMatched['method'], string>> = {
  remembered: 'as you chose before',
  isrc: 'same recording number',
  path: 'same file',
  exact: 'same names',
  fuzzy: 'nearly the same names',
};

export function MatchedLine({ line: { source, track, method } }: { line: ImportMatched }) {
  const chosen = useImportStore((state) => state.chosen[source.position]);
  const [isChanging, setChanging] = useState(false);
  return (
    <Line source={source}>
      <Arrow to={chosen ?? track} why={chosen ? 'chosen' : METHODS[method]} />
      {isChanging ? (
        <TrackSearch label={`Another track for ${source.title}`} first={source.title} onPick={pick} />
      ) : (
        <Button look="quiet" onClick={() => setChanging(true)}>
          Another …
        </Button>
      )}
    </Line>
  );

  function pick(other: Track) {
    setChanging(false);
    void choose(source, other);
  }
}

export function AmbiguousLine({ line: { source, candidates } }: { line: ImportAmbiguous }) {
  const chosen = useImportStore((state) => state.chosen[source.position]);
  if (chosen) return <ChosenLine source={source} track={chosen} />;
  return (
    <Line source={source}>
      <ul className={styles.candidates} aria-label={`Candidates for ${source.title}`}>
        {candidates.map(({ track, confidence }) => (
          <li key={track.id}>
            <Button icon="check" onClick={() => void choose(source, track)}>
              {[track.title, track.artist, clock(track.durationMs)].filter(Boolean).join(', ')}
            </Button>
            <span className={styles.muted}>{Math.round(confidence * 100)} %</span>
          </li>
        ))}
      </ul>
      <Search source={source} />
    </Line>
  );
}

export function UnmatchedLine({ source }: { source: ImportSource }) {
  const chosen = useImportStore((state) => state.chosen[source.position]);
  if (chosen) return <ChosenLine source={source} track={chosen} />;
  return (
    <Line source={source}>
      <Search source={source} />
    </Line>
  );
}

function ChosenLine({ source, track }: { source: ImportSource; track: Track }) {
  return (
    <Line source={source}>
      <Arrow to={track} why="chosen, and remembered" />
      <Button look="quiet" icon="undo" onClick={() => void unchoose(source)}>
        Undo
      </Button>
    </Line>
  );
}

function Search({ source }: { source: ImportSource }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen)
    return (
      <TrackSearch
        label={`Track for ${source.title}`}
        first={source.title}
        onPick={(track) => void choose(source, track)}
      />
    );
  return (
    <Button look="quiet" icon="search" onClick={() => setOpen(true)}>
      {`Search for ${source.title || 'it'} …`}
    </Button>
  );
}

function Line({ source, children }: { source: ImportSource; children: ReactNode }) {
  const { position, title, artist, path, durationMs } = source;
  return (
    <li className={styles.line}>
      <span className={styles.number}>{position}</span>
      <div className={styles.source}>
        <span className={styles.title}>{title || path}</span>
        <span className={styles.muted}>
          {[artist, durationMs === null ? '' : clock(durationMs)].filter(Boolean).join(', ')}
        </span>
      </div>
      <div className={styles.here}>{children}</div>
    </li>
  );
}

function Arrow({ to, why }: { to: Track; why: string }) {
  return (
    <div className={styles.source}>
      <a href={hrefOf({ screen: 'track', id: to.id })}>{to.title}</a>
      <span className={styles.muted}>{[to.artist, clock(to.durationMs), why].filter(Boolean).join(', ')}</span>
    </div>
  );
}
