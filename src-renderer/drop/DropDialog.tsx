import type { DropPlan } from '../../src-main/transport/shell/contract';
import { AddLibraryDialog } from '../libraries';
import { Button, count, Dialog, number, Progress } from '../ui';
import styles from './DropZone.module.css';
import { carryOut, endDrop, useDropStore } from './drop-store';

/** Says what a drop would do and asks. */
export function DropDialog() {
  const { paths, plan, isExplaining } = useDropStore();
  if (isExplaining) return <AddLibraryDialog onClose={endDrop} />;
  if (!paths) return null;
  if (!plan) {
    return (
      <Dialog title="Looking at what you dropped" onClose={endDrop}>
        <Progress label="Looking at what you dropped" text={`${count(paths.length, 'item')} to look at`} />
      </Dialog>
    );
  }
  const canGoOn = plan.newFolders.length + plan.inside.length > 0;
  return (
    <Dialog
      title={plan.audioFiles === 0 ? 'No music in there' : `${count(plan.audioFiles, 'track')} to analyze`}
      onClose={endDrop}
      closeLabel={canGoOn ? 'Cancel' : 'Close'}
      onSubmit={() => carryOut(plan)}
      actions={
        canGoOn && (
          <Button type="submit" look="primary">
            {plan.newFolders.length > 0 ? 'Add and analyze' : 'Analyze'}
          </Button>
        )
      }
    >
      <PlanText plan={plan} />
    </Dialog>
  );
}

function PlanText({ plan }: { plan: DropPlan }) {
  const kinds = Object.entries(plan.kinds).map(([kind, files]) => `${number(files)} ${kind.toUpperCase()}`);
  return (
    <>
      {kinds.length > 0 && (
        <p className={styles.muted}>
          {kinds.join(', ')}
          {plan.otherFiles > 0 && `; ${count(plan.otherFiles, 'other file')} left aside`}
          {plan.isCapped && '; there is more, it is found by the scan'}
        </p>
      )}
      <ul className={styles.list}>
        {plan.newFolders.map(({ path, audioFiles }) => (
          <li key={path}>
            <strong>{path}</strong>
            <p className={styles.muted}>becomes a library: {count(audioFiles, 'track')} to analyze</p>
          </li>
        ))}
        {plan.inside.map(({ path, library, audioFiles, isWritten }) => (
          <li key={path}>
            <strong>{path}</strong>
            <p className={styles.muted}>
              in {library}: {count(audioFiles, 'track')} queued
              {isWritten && ', and written as this library is set to'}
            </p>
          </li>
        ))}
        {plan.unreadable.map(({ path, message }) => (
          <li key={path}>
            <strong>{path}</strong>
            <p className={styles.muted}>left aside: {message}</p>
          </li>
        ))}
      </ul>
      {plan.audioFiles > 0 && plan.inside.every(({ isWritten }) => !isWritten) && (
        <p>The analysis changes no file. What is written is shown for each track, and every write can be undone.</p>
      )}
    </>
  );
}
