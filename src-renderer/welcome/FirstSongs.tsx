import { api, useCall } from '../api';
import { countLine, doneOf, headlineOf, useQueueStatus } from '../queue';
import { hrefOf } from '../router';
import { useTrack } from '../tracks';
import { Badge, Button, Progress } from '../ui';
import { NothingToHear } from './NothingToHear';
import { useSearch } from './use-search';
import styles from './Welcome.module.css';
import { endWelcome } from './welcome-store';

const SHOWN = 5;

/** What is heard first, as it is heard. */
export function FirstSongs() {
  const { data: status } = useQueueStatus();
  const ended = useCall(api.queue.list, { status: 'done', limit: SHOWN }, { refreshOn: 'job.changed' });
  const ids = ended.data?.jobs.flatMap(({ track_id }) => track_id ?? []) ?? [];
  const isListening = status !== undefined && status.pending + status.running > 0;
  const search = useSearch();
  const text = status && isListening ? countLine(status) : search.text;
  if (status && !isListening && ids.length === 0 && search.ended) {
    return <NothingToHear status={status} libraries={search.ended} />;
  }
  return (
    <div className={styles.step}>
      {(isListening || ids.length === 0) && (
        <>
          <p>{status && isListening ? `${headlineOf(status)}: ${text}` : text}</p>
          <Progress label="Progress" value={status && isListening ? doneOf(status).share : undefined} text={text} />
        </>
      )}
      <ul className={styles.songs} aria-label="Heard so far">
        {ids.map((id) => (
          <Song key={id} id={id} />
        ))}
      </ul>
      <p className={styles.muted}>It goes on by itself; leave this page whenever you like.</p>
      <div className={styles.buttons}>
        <Button look="primary" onClick={() => void endWelcome()}>
          Open the library
        </Button>
      </div>
    </div>
  );
}

function Song({ id }: { id: number }) {
  const { data } = useTrack(id);
  if (!data) return null;
  const { track, analysis } = data;
  return (
    <li>
      <span>
        <a href={hrefOf({ screen: 'track', id })}>{track.title}</a>
        <span className={styles.hint}>{track.artist}</span>
      </span>
      <span className={styles.heard}>
        {track.bpm !== null && <Badge>{`${Math.round(track.bpm)} BPM`}</Badge>}
        {track.key && <Badge>{track.key}</Badge>}
        {analysis?.moods.slice(0, 3).map(({ term }) => (
          <Badge key={term} tone="accent">
            {term}
          </Badge>
        ))}
      </span>
    </li>
  );
}
