import type { JobView } from '../../src-main/jobs/queue/contract';
import { goTo } from '../router';
import { ago, Badge, Button, type Column, Empty, Grid, Loaded, moment } from '../ui';
import { fileName, folderName, stateOf } from './job-words';
import styles from './Queue.module.css';
import { cancelJob, clearCompleted, clearWaiting, moveToFront, retryFailed, retryJob, undoJob } from './queue-actions';
import { type ShowJobs, showJobs, useQueueStore } from './queue-store';
import { reasonWords } from './reason-words';
import { useJobs } from './use-queue';

const SHOWS: readonly (readonly [ShowJobs, string])[] = [
  ['all', 'All'],
  ['pending', 'Waiting'],
  ['done', 'Done'],
  ['skipped', 'Skipped'],
  ['error', 'Failed'],
];

/** Every job, newest first, with what can be done with it. */
export function JobList() {
  const jobs = useJobs();
  const show = useQueueStore((state) => state.show);
  return (
    <section className={styles.jobs} aria-label="Jobs">
      <div className={styles.jobsHead}>
        <h2>Jobs</h2>
        <fieldset className={styles.shows}>
          <legend className="visually-hidden">Which jobs</legend>
          {SHOWS.map(([value, text]) => (
            <button key={value} type="button" aria-pressed={show === value} onClick={() => showJobs(value)}>
              {text}
            </button>
          ))}
        </fieldset>
        <div className={styles.jobActions}>
          <Button icon="retry" onClick={() => void retryFailed()}>
            Retry failed
          </Button>
          <Button icon="check" onClick={() => void clearCompleted()}>
            Clear finished
          </Button>
          <Button look="danger" icon="trash" onClick={() => void clearWaiting()}>
            Clear waiting
          </Button>
        </div>
      </div>
      <Loaded of={jobs}>
        {(total) =>
          total === 0 ? (
            <Empty icon="queue" title="No jobs here">
              Each track that is analyzed has a job. They appear when a folder is scanned or music is dropped here.
            </Empty>
          ) : (
            <div className={styles.grid}>
              <Grid
                key={show}
                label="Jobs"
                total={total}
                rowAt={jobs.rowAt}
                columns={JOB_COLUMNS}
                onRange={jobs.onRange}
                onOpen={({ track_id }) => track_id !== null && goTo({ screen: 'track', id: track_id })}
                rowHeight={52}
              />
            </div>
          )
        }
      </Loaded>
    </section>
  );
}

const JOB_COLUMNS: readonly Column<JobView>[] = [
  {
    key: 'file',
    title: 'File',
    width: '3 1 0',
    render: (job) => (
      <span className={styles.file} title={job.path}>
        <span className={styles.name}>{fileName(job)}</span>
        <span className={styles.muted}>
          <span className={styles.narrowState}>{stateOf(job).text} · </span>
          {job.error_message ?? (job.reason === null ? folderName(job) : sentence(job.reason))}
        </span>
      </span>
    ),
  },
  { key: 'state', title: 'State', width: '0 0 8.5rem', from: 480, render: (job) => <JobState job={job} /> },
  {
    key: 'when',
    title: 'When',
    width: '0 0 8rem',
    from: 760,
    render: (job) => (
      <span className={styles.muted} title={moment(job.finished_at ?? job.created_at)}>
        {ago(job.finished_at ?? job.created_at)}
      </span>
    ),
  },
  { key: 'actions', title: 'Actions', width: '0 0 4.6rem', render: (job) => <JobActions job={job} /> },
];

const sentence = (reason: string) => reasonWords(reason).replace(/^./, (letter) => letter.toUpperCase());

function JobState({ job }: { job: JobView }) {
  const { text, tone, icon } = stateOf(job);
  return (
    <Badge tone={tone} icon={icon}>
      {text}
    </Badge>
  );
}

function JobActions({ job }: { job: JobView }) {
  const isOpen = job.status === 'pending' || job.status === 'running';
  return (
    <span className={styles.rowActions}>
      {job.status === 'pending' && (
        <Button look="quiet" icon="front" isIconOnly onClick={() => void moveToFront(job)}>
          {`Let ${fileName(job)} be next`}
        </Button>
      )}
      {isOpen && (
        <Button look="quiet" icon="close" isIconOnly onClick={() => void cancelJob(job)}>
          {`Cancel ${fileName(job)}`}
        </Button>
      )}
      {job.status === 'error' && (
        <Button look="quiet" icon="retry" isIconOnly onClick={() => void retryJob(job)}>
          {`Try ${fileName(job)} again`}
        </Button>
      )}
      {job.can_undo && (
        <Button look="quiet" icon="undo" isIconOnly onClick={() => void undoJob(job)}>
          {`Undo what was written into ${fileName(job)}`}
        </Button>
      )}
    </span>
  );
}
