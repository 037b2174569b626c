import { Fragment, useState } from 'react';
import type { SimilarTrack } from '../../src-main/discovery/similarity/contract';
import { goTo, hrefOf } from '../router';
import type { TrackPanelProps } from '../tracks';
import { Button, count, Loaded, number, Panel } from '../ui';
import { beginMixWith } from './mix-store';
import { Reasons } from './Reasons';
import styles from './Similar.module.css';
import { useSimilar } from './use-similar';

const FEW = 5;
const MANY = 25;

/** The tracks that are most like one, each with the reasons. */
export function SimilarTracks({ detail: { track, analysis } }: TrackPanelProps) {
  const isAnalyzed = analysis !== null;
  const [limit, setLimit] = useState(FEW);
  const similar = useSimilar(track.id, limit, isAnalyzed);
  const beginMix = () => {
    beginMixWith(track);
    goTo({ screen: 'mixes' });
  };
  if (!isAnalyzed) {
    return (
      <Panel title="Similar tracks">
        <p className={styles.muted}>Analyze this track first; then those that sound like it are shown here.</p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Similar tracks"
      actions={
        <Button icon="mix" look="quiet" onClick={beginMix}>
          Mix around this …
        </Button>
      }
    >
      <Loaded of={similar} lines={4}>
        {({ items, compared }) =>
          items.length === 0 ? (
            <p className={styles.muted}>No other track has been analyzed yet.</p>
          ) : (
            <>
              <ol className={styles.items}>
                {items.map((item) => (
                  <SimilarRow key={item.track.id} item={item} />
                ))}
              </ol>
              <footer className={styles.foot}>
                <span className={styles.muted}>Of {number(compared)} tracks that were analyzed the same way.</span>
                {limit === FEW && items.length === FEW && (
                  <Button look="quiet" onClick={() => setLimit(MANY)}>
                    Show more
                  </Button>
                )}
              </footer>
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

function SimilarRow({ item: { track, score, parts, copies } }: { item: SimilarTrack }) {
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <a href={hrefOf({ screen: 'track', id: track.id })}>{track.title}</a>
        <span className={styles.muted}>{track.artist || 'Unknown artist'}</span>
        {copies.length > 0 && <Copies of={copies} />}
        <Reasons parts={parts} />
      </div>
      <span className={styles.score} title="All reasons together">
        {Math.round(score * 100)} %
      </span>
    </li>
  );
}

/** Other files of the same recording, which the list leaves out. */
function Copies({ of: ids }: { of: readonly number[] }) {
  return (
    <span className={styles.muted}>
      {count(ids.length, 'more file')} of this recording:{' '}
      {ids.map((id, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <a href={hrefOf({ screen: 'track', id })}>copy {index + 1}</a>
        </Fragment>
      ))}
    </span>
  );
}
