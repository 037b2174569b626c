import { useConnection } from '../api';
import { hrefOf } from '../router';
import { Progress } from '../ui';
import { countLine, doneOf, headlineOf, timeLeft } from './progress-words';
import styles from './QueueLine.module.css';
import { useQueueStatus } from './use-queue';

/** What the queue does, in a corner of every screen. */
export function QueueLine() {
  const { data: status } = useQueueStatus();
  const isLost = useConnection(({ lostSince }) => lostSince !== null);
  if (!status) return <div />;
  if (isLost) {
    return (
      <a className={styles.line} href={hrefOf({ screen: 'queue' })}>
        <span className={styles.title}>No connection</span>
      </a>
    );
  }
  const isBusy = status.pending + status.running > 0;
  const text = isBusy ? `${countLine(status)}, time left: ${timeLeft(status)}` : headlineOf(status);
  return (
    <a className={styles.line} href={hrefOf({ screen: 'queue' })}>
      <span className={styles.title}>{headlineOf(status)}</span>
      {isBusy && (
        <>
          <Progress label="Queue" value={doneOf(status).share} text={text} isPaused={status.paused} isSlim />
          <span className={styles.text}>{countLine(status)}</span>
          <span className={styles.text}>Time left: {timeLeft(status)}</span>
        </>
      )}
    </a>
  );
}
