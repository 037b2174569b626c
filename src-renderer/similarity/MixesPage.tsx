import type { Sequence, Step } from '../../src-main/discovery/similarity/contract';
import { hrefOf } from '../router';
import { Button, clock, count, Empty, Loaded, Page, Panel } from '../ui';
import { MixWishes } from './MixWishes';
import { chooseKind, exportSequence, type Kind, keepSequence, make, nameOf, useMixStore } from './mix-store';
import { Reasons } from './Reasons';
import { SeedPicker } from './SeedPicker';
import styles from './Similar.module.css';
import { useSequence } from './use-similar';

const KINDS: readonly (readonly [Kind, string])[] = [
  ['mix', 'A mix around tracks'],
  ['path', 'A path between two'],
];

/** Mixes around tracks, and smooth ways between two of them. */
export function MixesPage() {
  const { kind, seeds, asked } = useMixStore();
  const isReady = kind === 'path' ? seeds.length === 2 : seeds.length > 0;
  return (
    <Page title="Mixes" lead="Put together by ear: what sounds alike, in an order that flows.">
      <div className={styles.columns}>
        <Panel title="What it is made of">
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              make();
            }}
          >
            <fieldset className={styles.kinds}>
              <legend className="visually-hidden">What to make</legend>
              {KINDS.map(([value, words]) => (
                <label key={value}>
                  <input type="radio" name="kind" checked={kind === value} onChange={() => chooseKind(value)} /> {words}
                </label>
              ))}
            </fieldset>
            <SeedPicker />
            <MixWishes />
            <div>
              <Button type="submit" look="primary" icon="mix" disabled={!isReady}>
                {kind === 'path' ? 'Find a path' : 'Make the mix'}
              </Button>
            </div>
          </form>
        </Panel>
        {asked ? <Made kind={asked.kind} /> : <NothingYet kind={kind} />}
      </div>
    </Page>
  );
}

function NothingYet({ kind }: { kind: Kind }) {
  return (
    <Empty icon="mix" title={kind === 'path' ? 'No path yet' : 'No mix yet'}>
      {kind === 'path'
        ? 'Pick the track to begin with and the one to arrive at. What lies between them in sound is listed here.'
        : 'Pick one track or more. What sounds like them is listed here, and can be saved as a playlist.'}
    </Empty>
  );
}

function Made({ kind }: { kind: Kind }) {
  const sequence = useSequence();
  return (
    <Loaded of={sequence} lines={8}>
      {(made) => (
        <Panel
          title={nameOf(made, kind)}
          actions={
            <>
              <Button icon="check" onClick={() => void keepSequence(made, kind)}>
                Save as a playlist
              </Button>
              <Button icon="drop" onClick={() => void exportSequence(made, kind)}>
                Save as M3U …
              </Button>
            </>
          }
        >
          <p className={styles.muted}>{wordsOf(made)}</p>
          <ol className={styles.items} aria-label={nameOf(made, kind)}>
            {made.items.map((step, index) => (
              <StepRow key={step.track.id} step={step} number={index + 1} />
            ))}
          </ol>
        </Panel>
      )}
    </Loaded>
  );
}

function wordsOf({ items, smoothness }: Sequence): string {
  const length = items.reduce((sum, { track }) => sum + (track.durationMs ?? 0), 0);
  const smooth = smoothness === null ? '' : `; from track to track they fit to ${Math.round(smoothness * 100)} %`;
  return `${count(items.length, 'track')}, ${clock(length)}${smooth}.`;
}

function StepRow({ step: { track, fromPrevious }, number }: { step: Step; number: number }) {
  return (
    <li className={styles.item}>
      <span className={styles.number}>{number}</span>
      <div className={styles.words}>
        <a href={hrefOf({ screen: 'track', id: track.id })}>{track.title}</a>
        <span className={styles.muted}>{track.artist || 'Unknown artist'}</span>
        {fromPrevious && <Reasons parts={fromPrevious.parts} />}
      </div>
      <span className={styles.score}>{clock(track.durationMs)}</span>
    </li>
  );
}
