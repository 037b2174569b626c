import type { BatchSummary } from '../../src-main/jobs/queue/contract';
import { ago, Button, moment, number, Panel } from '../ui';
import styles from './Queue.module.css';
import { undoBatch } from './queue-actions';
import { useBatches } from './use-queue';
import { useReasonWords } from './use-reason-words';

/** The recent requests, with numbers that add up. */
export function Batches() {
  const { data } = useBatches();
  if (!data || data.items.length === 0) return null;
  return (
    <Panel title="Recent requests">
      <ul className={styles.batches}>
        {data.items.map((batch) => (
          <li key={batch.id}>
            <div>
              <h3>{batch.title}</h3>
              <p className={styles.muted} title={moment(batch.created_at)}>
                {ago(batch.created_at)} · {reconcile(batch)}
              </p>
              <Reasons batch={batch} />
            </div>
            {batch.can_undo && (
              <Button icon="undo" onClick={() => void undoBatch(batch)}>
                Undo writes
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const sum = (parts: readonly { count: number }[]) => parts.reduce((total, part) => total + part.count, 0);

/** found = done + skipped + failed + to do, always; whoever reads it can check. */
function reconcile(batch: BatchSummary): string {
  const parts = [`${number(batch.done)} done`];
  if (batch.skipped.length > 0) parts.push(`${number(sum(batch.skipped))} skipped`);
  if (batch.failed.length > 0) parts.push(`${number(sum(batch.failed))} failed`);
  if (batch.pending + batch.running > 0) parts.push(`${number(batch.pending + batch.running)} to do`);
  return `${number(batch.found)} found = ${parts.join(' + ')}`;
}

function Reasons({ batch }: { batch: BatchSummary }) {
  const wordsOf = useReasonWords();
  const reasons = [
    ...batch.failed.map((part) => ({ ...part, how: 'failed' })),
    ...batch.skipped.map((part) => ({ ...part, how: 'skipped' })),
  ];
  if (reasons.length === 0) return null;
  return (
    <ul className={styles.reasons}>
      {reasons.map(({ reason, count, how }) => (
        <li key={`${how} ${reason}`}>
          {number(count)} {how}: {wordsOf(reason)}
        </li>
      ))}
    </ul>
  );
}
