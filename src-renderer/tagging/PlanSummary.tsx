import { useEffect, useRef, useState } from 'react';
import type { WritePlan } from '../../src-main/library/tagging/plan/contract';
import { Button, bytes, count, number, Panel } from '../ui';
import styles from './Write.module.css';
import { cancelPlan, confirmPlan } from './write-actions';

/** How many files a finished plan writes and leaves alone, and the one question. */
export function PlanSummary({ plan }: { plan: WritePlan }) {
  const { id, write } = plan;
  const [isBusy, setBusy] = useState(false);
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  async function confirm() {
    setBusy(true);
    await confirmPlan(id);
    setBusy(false);
  }

  return (
    <Panel title="What would change">
      <p ref={heading} tabIndex={-1} className={styles.sum}>
        {sumOf(plan)}
      </p>
      {write.files === 0 ? (
        <p>There is nothing to write.</p>
      ) : (
        <>
          <p className={styles.muted}>
            {count(write.changes, 'change')} of tags. Each file is copied, checked and only then replaced:{' '}
            {bytes(write.sizeBytes)} in all. The sound stays as it is, byte for byte.
          </p>
          <div className={styles.buttons}>
            <Button look="primary" icon="pen" isBusy={isBusy} onClick={() => void confirm()}>
              {`Write ${count(write.files, 'file')}`}
            </Button>
            <Button onClick={() => void cancelPlan(id)}>Write nothing</Button>
          </div>
        </>
      )}
    </Panel>
  );
}

/** total = to write + as they should be + left alone; whoever reads it can check. */
function sumOf({ total, write, unchanged, refused }: WritePlan): string {
  const left = refused.reduce((sum, { files }) => sum + files, 0);
  return (
    `${count(total, 'file')} = ${number(write.files)} to write + ${number(unchanged)} as they should be + ` +
    `${number(left)} left alone`
  );
}
