import type { TrackDetail } from '../../src-main/library/tracks/contract';
import { Filled, hrefOf } from '../router';
import { Icon, Loaded, Page } from '../ui';
import { Descriptors } from './Descriptors';
import { NomarrTags } from './NomarrTags';
import { Scores } from './Scores';
import { soundPanels, tagPanels } from './slots';
import { TagTable } from './TagTable';
import { TrackActions } from './TrackActions';
import { TrackHistory } from './TrackHistory';
import styles from './TrackPage.module.css';
import { TrackState } from './track-columns';
import { useTrack } from './use-tracks';
import { WhyNotAnalyzed } from './WhyNotAnalyzed';

/** One track: what was detected, what its file says, and what would be written. */
export function TrackPage({ id }: { id: number }) {
  const track = useTrack(id);
  return (
    <Page
      title={track.data?.track.title ?? 'Track'}
      lead={track.data && <Lead of={track.data} />}
      toolbar={
        <a className={styles.back} href={hrefOf({ screen: 'library' })}>
          <Icon name="back" size={17} /> Library
        </a>
      }
    >
      <Loaded of={track} lines={8}>
        {(detail) => (
          <>
            <TrackActions detail={detail} />
            <WhyNotAnalyzed track={detail.track} />
            <div className={styles.columns}>
              <div className={styles.column}>
                <Scores analysis={detail.analysis} />
                <Filled slot={soundPanels} props={{ detail }} />
                <TagTable detail={detail} />
                <NomarrTags detail={detail} />
                <Filled slot={tagPanels} props={{ detail }} />
                <TrackHistory history={detail.history} />
              </div>
              <Descriptors detail={detail} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Lead({ of: { track } }: { of: TrackDetail }) {
  const parts = [track.artist || 'Unknown artist', track.album, track.year].filter(Boolean);
  return (
    <span className={styles.lead}>
      <span>{parts.join(' · ')}</span>
      <TrackState track={track} />
    </span>
  );
}
