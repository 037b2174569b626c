import type { QueueStatus } from '../../src-main/jobs/queue/contract';
import { useConnection } from '../api';
import { number, Panel, Progress } from '../ui';
import { countLine, doneOf, headlineOf, speedLine, timeLeft } from './progress-words';
import styles from './Queue.module.css';

/** The whole queue as one bar, with its numbers. */
export function QueueProgress({ status }: { status: QueueStatus }) {
  const { share, total } = doneOf(status);
  const isLost = useConnection(({ lostSince }) => lostSince !== null);
  const facts: readonly (readonly [string, string])[] = [
    ['Waiting', number(status.pending)],
    ['Running', number(status.running)],
    ['Done', number(status.completed - status.skipped)],
    ['Skipped', number(status.skipped)],
    ['Failed', number(status.errors)],
    ['Speed', isLost ? '–' : speedLine(status)],
    ['Time left', isLost ? 'not known' : timeLeft(status)],
  ];
  return (
    <Panel>
      <div className={styles.headline}>
        <h2>{isLost ? 'Not known: no connection' : headlineOf(status)}</h2>
        <p className={styles.muted}>{total > 0 ? countLine(status) : 'Add a folder, or drop music on this window.'}</p>
      </div>
      <Progress label="Progress of the queue" value={share} text={countLine(status)} isPaused={status.paused} />
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
