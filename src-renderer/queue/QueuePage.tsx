import { Button, Loaded, Page } from '../ui';
import { Batches } from './Batches';
import { JobList } from './JobList';
import { QueueProgress } from './QueueProgress';
import { pauseQueue, resumeQueue } from './queue-actions';
import { RunningJobs } from './RunningJobs';
import { useQueueStatus } from './use-queue';

export function QueuePage() {
  const status = useQueueStatus();
  return (
    <Page
      title="Queue"
      lead="What is being analyzed, what waits, and how it ended. It goes on where it was after a restart."
      toolbar={
        status.data?.paused ? (
          <Button icon="play" look="primary" onClick={() => void resumeQueue()}>
            Resume
          </Button>
        ) : (
          <Button icon="pause" onClick={() => void pauseQueue()}>
            Pause
          </Button>
        )
      }
    >
      <Loaded of={status}>{(now) => <QueueProgress status={now} />}</Loaded>
      <RunningJobs />
      <JobList />
      <Batches />
    </Page>
  );
}
