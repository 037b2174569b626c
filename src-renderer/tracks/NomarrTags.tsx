import type { TrackDetail } from '../../src-main/library/tracks/contract';
import { api } from '../api';
import { attempt, Badge, Button, count, Panel } from '../ui';
import { refreshTrack } from './TrackActions';
import styles from './TrackPage.module.css';

/** What Nomarr wrote into the file, if it did, and what can be done about it. */
export function NomarrTags({ detail }: { detail: TrackDetail }) {
  const { nomarr, analysis, track } = detail;
  if (!nomarr) return null;
  return (
    <Panel title="Written by Nomarr" actions={<Badge>{count(nomarr.tagCount, 'tag')}</Badge>}>
      {nomarr.scores.length > 0 && (
        <table className={styles.tags}>
          <thead>
            <tr>
              <th scope="col">Head</th>
              <th scope="col">Label</th>
              <th scope="col">Score</th>
            </tr>
          </thead>
          <tbody>
            {nomarr.scores.map(({ key, head, label, value, wasInverted }) => (
              <tr key={key}>
                <th scope="row">
                  <code>{head}</code>
                </th>
                <td>
                  {label} {wasInverted && <span className={styles.muted}>(its name was the wrong way round)</span>}
                </td>
                <td>{value.toFixed(3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={styles.actions}>
        {analysis === null && nomarr.scores.length > 0 && (
          <Button onClick={() => void takeOver(track.absolutePath)}>Take these scores over</Button>
        )}
        <Button icon="undo" disabled={track.neverTouch} onClick={() => void remove(track.absolutePath)}>
          Remove them from the file
        </Button>
      </div>
    </Panel>
  );
}

const takeOver = (path: string) =>
  attempt(
    () => api.tagging.takeOver({ path }),
    () => {
      void refreshTrack();
      return 'Taken over as the analysis, until Tonearm analyzes the track itself.';
    },
  );

const remove = (path: string) =>
  attempt(
    () => api.tagging.remove({ path, only: 'nomarr' }),
    ({ removed }) => {
      void refreshTrack();
      return `${count(removed, 'tag')} removed; "Undo last write" puts them back.`;
    },
  );
