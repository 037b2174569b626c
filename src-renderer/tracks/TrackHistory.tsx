import type { TagChange, TrackDetail } from '../../src-main/library/tracks/contract';
import { Badge, count, moment, Panel } from '../ui';
import styles from './TrackPage.module.css';

const STATES = {
  prepared: ['calm', 'not finished'],
  written: ['good', 'written'],
  undone: ['warn', 'put back'],
  abandoned: ['calm', 'given up, file unchanged'],
} as const;

/** Every write to this file, the latest first. */
export function TrackHistory({ history }: { history: TrackDetail['history'] }) {
  if (history.length === 0) return null;
  return (
    <Panel title="History of this file">
      <ol className={styles.history}>
        {history.map(({ id, at, state, changes }) => (
          <li key={id}>
            <details>
              <summary>
                {moment(at)} <Badge tone={STATES[state][0]}>{STATES[state][1]}</Badge>{' '}
                <span className={styles.muted}>{count(changes.length, 'change')}</span>
              </summary>
              <ul>
                {changes.map((change) => (
                  <li key={change.field}>
                    <code>{change.field}</code> {wordsOf(change)}
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function wordsOf({ old, new: now }: TagChange): string {
  const [before, after] = [old.join(', '), now.join(', ')];
  if (before === '') return `was added: ${after}`;
  return after === '' ? `was removed, it was ${before}` : `${before} → ${after}`;
}
