import { api, useCall } from '../api';
import { useLibraries } from '../libraries';
import { countLine, doneOf, headlineOf, useQueueStatus } from '../queue';
import { hrefOf } from '../router';
import { planWrite } from '../tagging';
import { useTrack } from '../tracks';
import { Badge, Button, Progress } from '../ui';
import { NothingToAnalyze } from './NothingToAnalyze';
import { useSearch } from './use-search';
import styles from './Welcome.module.css';
import { endWelcome, useWelcome } from './welcome-store';

const SHOWN = 5;

/** The tracks that are analyzed first, as each is done. */
export function FirstTracks() {
  const { data: status } = useQueueStatus();
  const ended = useCall(api.queue.list, { status: 'done', limit: SHOWN }, { refreshOn: 'job.changed' });
  const ids = ended.data?.jobs.flatMap(({ track_id }) => track_id ?? []) ?? [];
  const isAnalyzing = status !== undefined && status.pending + status.running > 0;
  const search = useSearch();
  const library = useLibraries().data?.at(-1)?.id;
  const text = status && isAnalyzing ? countLine(status) : search.text;
  if (status && !isAnalyzing && ids.length === 0 && search.ended) {
    return <NothingToAnalyze status={status} libraries={search.ended} />;
  }
  return (
    <div className={styles.step}>
      {(isAnalyzing || ids.length === 0) && (
        <>
          <p>{status && isAnalyzing ? `${headlineOf(status)}: ${text}` : text}</p>
          <Progress label="Progress" value={status && isAnalyzing ? doneOf(status).share : undefined} text={text} />
        </>
      )}
      <ul className={styles.tracks} aria-label="Analyzed so far">
        {ids.map((id) => (
          <FirstTrack key={id} id={id} />
        ))}
      </ul>
      <p className={styles.muted}>
        {isAnalyzing ? 'It goes on by itself; leave this page whenever you like. ' : ''}
        {useWelcome.getState().autoWrite
          ? 'Tags are written by themselves.'
          : 'Nothing is written yet: “Write tags …” shows first what would change.'}
      </p>
      <div className={styles.buttons}>
        <Button look="primary" onClick={() => void endWelcome()}>
          Open the library
        </Button>
        {ids.length > 0 && library && (
          <Button icon="pen" onClick={() => void endWelcome().then(() => planWrite({ of: 'library', library }))}>
            Write tags …
          </Button>
        )}
      </div>
    </div>
  );
}

function FirstTrack({ id }: { id: number }) {
  const { data } = useTrack(id);
  if (!data) return null;
  const { track, analysis } = data;
  return (
    <li>
      <span>
        <a href={hrefOf({ screen: 'track', id })}>{track.title}</a>
        <span className={styles.hint}>{track.artist}</span>
      </span>
      <span className={styles.found}>
        {track.bpm !== null && (
          <Badge>{`${Math.round(track.bpm)} BPM${track.unsure.includes('tempo') ? ', unsure' : ''}`}</Badge>
        )}
        {track.key && <Badge>{`${track.key}${track.unsure.includes('key') ? ', unsure' : ''}`}</Badge>}
        {analysis?.moods.slice(0, 3).map(({ term }) => (
          <Badge key={term} tone="accent">
            {term}
          </Badge>
        ))}
      </span>
    </li>
  );
}
