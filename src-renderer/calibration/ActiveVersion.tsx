import type { CalibrationView } from '../../src-main/library/calibration/contract';
import { StaleTags } from '../tagging';
import { ago, Badge, Button, count, moment, Panel, Progress } from '../ui';
import styles from './Calibration.module.css';
import { rollBack } from './calibration-actions';
import { useDeciding } from './use-calibration';

interface ActiveVersionProps {
  versions: readonly CalibrationView[];
  library: { tracks: number; advice: string | null };
}

/** What moods are decided by now, what is going on, and files that say something older. */
export function ActiveVersion({ versions, library }: ActiveVersionProps) {
  const active = versions.find(({ isActive }) => isActive);
  const deciding = useDeciding();
  return (
    <Panel
      title="Active"
      actions={
        active && (
          <Button icon="undo" onClick={() => void rollBack()}>
            Roll back
          </Button>
        )
      }
    >
      <p className={styles.current}>
        {active ? (
          <>
            <strong>Calibration {active.id}</strong>, measured from {count(active.librarySize, 'track')},{' '}
            <span title={moment(active.activatedAt)}>active since {ago(active.activatedAt)}</span>
          </>
        ) : (
          <>
            <strong>Raw scores</strong>: moods are decided by what the models say, the same for every library.
          </>
        )}
      </p>
      <p className={styles.muted}>{count(library.tracks, 'track')} can be measured now.</p>
      {library.advice && (
        <p>
          <Badge tone="warn" icon="warning">
            {library.advice}
          </Badge>
        </p>
      )}
      {deciding && (
        <div className={styles.progress}>
          <Progress
            label="Deciding moods"
            value={deciding.progress}
            text={`${Math.round(deciding.progress * 100)} % of the tracks`}
          />
          <span className={styles.muted}>Deciding moods: {Math.round(deciding.progress * 100)} %</span>
        </div>
      )}
      <StaleTags />
    </Panel>
  );
}
