import { Button, Panel, Progress } from '../ui';
import { fileName, folderName, phaseWords } from './job-words';
import styles from './Queue.module.css';
import { cancelJob } from './queue-actions';
import { useRunningJobs } from './use-queue';

/** What is worked on at this moment, one line a job. */
export function RunningJobs() {
  const { data } = useRunningJobs();
  if (!data || data.jobs.length === 0) return null;
  return (
    <Panel title="Now">
      <ul className={styles.running}>
        {data.jobs.map((job) => (
          <li key={job.id}>
            <div className={styles.file}>
              <span className={styles.name}>{fileName(job)}</span>
              <span className={styles.muted}>{folderName(job)}</span>
            </div>
            <span className={styles.phase}>{phaseWords(job)}</span>
            <div className={styles.bar}>
              <Progress
                label={`Progress of ${fileName(job)}`}
                value={job.progress}
                text={`${phaseWords(job)}, ${Math.round(job.progress * 100)} %`}
                isSlim
              />
            </div>
            <Button look="quiet" icon="close" isIconOnly onClick={() => void cancelJob(job)}>
              {`Cancel ${fileName(job)}`}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
