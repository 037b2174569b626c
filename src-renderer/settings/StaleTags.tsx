import { api, queryClient, useCall } from '../api';
import { attempt, Button, count } from '../ui';
import styles from './Settings.module.css';

const EVENTS = ['calibration.changed', 'settings.changed', 'tracks.changed'] as const;

/** How many files hold older tags, and the way to have them written anew; nothing where there are none. */
export function StaleTags() {
  const { data } = useCall(api.tagging.stale, {}, { refreshOn: EVENTS });
  if (!data || data.files === 0) return null;
  const { files, otherNames } = data;
  const named = otherNames === files ? ', under other names' : `, ${otherNames} of them under other names`;
  return (
    <div className={styles.stale}>
      <span>{`${count(files, 'file')} ${files === 1 ? 'holds' : 'hold'} older tags${otherNames > 0 ? named : ''}.`}</span>
      <Button icon="pen" onClick={() => void rewriteFiles()}>
        Write them anew
      </Button>
    </div>
  );
}

async function rewriteFiles(): Promise<void> {
  await attempt(
    () => api.tagging.rewrite({}),
    ({ queued }) => `${count(queued, 'file')} queued. Nothing is analyzed again.`,
  );
  for (const call of [api.tagging.stale, api.queue.list]) {
    void queryClient.invalidateQueries({ queryKey: [call.procedureName] });
  }
}
