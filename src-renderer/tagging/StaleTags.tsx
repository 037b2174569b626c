import { api, useCall } from '../api';
import { Button, count } from '../ui';
import styles from './Write.module.css';
import { planWrite } from './write-actions';

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
      <Button icon="pen" onClick={() => void planWrite({ of: 'stale' })}>
        Write them anew …
      </Button>
    </div>
  );
}
