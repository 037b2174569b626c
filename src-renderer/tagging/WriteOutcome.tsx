import { useState } from 'react';
import type { BatchSummary } from '../../src-main/jobs/queue/contract';
import type { WritePlan } from '../../src-main/library/tagging/plan/contract';
import { cancelBatch, reasonWords, undoBatch, useBatch, useFailures } from '../queue';
import { Button, count, Loaded, number, Panel, Progress } from '../ui';
import styles from './Write.module.css';

/** How a write goes that was agreed to, and what came of it. */
export function WriteOutcome({ plan: { batchId, standing } }: { plan: WritePlan }) {
  const batch = useBatch(batchId);
  if (batchId === null) {
    return (
      <Panel title="Nothing was written">
        <p>Every file was as it should be, or was left alone.</p>
      </Panel>
    );
  }
  return <Loaded of={batch}>{(found) => <Outcome batch={found} standing={standing} />}</Loaded>;
}

const sum = (parts: readonly { count: number }[]) => parts.reduce((total, part) => total + part.count, 0);

function Outcome({ batch, standing }: { batch: BatchSummary; standing: number }) {
  const [isBusy, setBusy] = useState(false);
  const left = batch.pending + batch.running;
  const text = `${number(batch.found - left)} of ${count(batch.found, 'file')}`;

  async function run(action: () => Promise<unknown>) {
    setBusy(true);
    await action();
    setBusy(false);
  }

  return (
    <Panel title={left > 0 ? 'Writing …' : standing > 0 || batch.done === 0 ? 'Written' : 'Put back as before'}>
      <p className={styles.sum} role="status">
        {accountOf(batch)}
      </p>
      {left > 0 && <Progress label="Writing" value={(batch.found - left) / Math.max(1, batch.found)} text={text} />}
      <Failures batch={batch} />
      <div className={styles.buttons}>
        {left > 0 && (
          <Button icon="close" isBusy={isBusy} onClick={() => void run(() => cancelBatch(batch.id))}>
            Cancel the rest
          </Button>
        )}
        {standing > 0 && left === 0 && (
          <Button icon="undo" isBusy={isBusy} onClick={() => void run(() => undoBatch(batch))}>
            {`Undo the whole write (${count(standing, 'file')})`}
          </Button>
        )}
      </div>
    </Panel>
  );
}

/** found = written + skipped + failed + to do, always. */
function accountOf(batch: BatchSummary): string {
  const parts = [`${number(batch.done)} written`];
  for (const { reason, count: files } of batch.skipped)
    parts.push(`${number(files)} left alone (${reasonWords(reason)})`);
  if (batch.failed.length > 0) parts.push(`${number(sum(batch.failed))} failed`);
  if (batch.pending + batch.running > 0) parts.push(`${number(batch.pending + batch.running)} to do`);
  return `${count(batch.found, 'file')} = ${parts.join(' + ')}`;
}

function Failures({ batch }: { batch: BatchSummary }) {
  const hasFailed = batch.failed.length > 0;
  const { data } = useFailures(batch.id, hasFailed);
  if (!hasFailed || !data) return null;
  return (
    <>
      <h3>Failed</h3>
      <ul className={styles.files}>
        {data.jobs.map(({ id, path, error_message, reason }) => (
          <li key={id}>
            <code>{path}</code> <span className={styles.muted}>{error_message ?? reasonWords(reason ?? '')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
