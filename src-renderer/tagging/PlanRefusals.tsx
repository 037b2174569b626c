import { useState } from 'react';
import type { WritePlan } from '../../src-main/library/tagging/plan/contract';
import { reasonWords } from '../queue';
import { hrefOf } from '../router';
import { count, Panel } from '../ui';
import { usePlannedFiles } from './use-write-plan';
import styles from './Write.module.css';

/** Which files are left alone, and why. */
export function PlanRefusals({ plan: { id, refused } }: { plan: WritePlan }) {
  if (refused.length === 0) return null;
  return (
    <Panel title="Left alone">
      <ul className={styles.refusals}>
        {refused.map((refusal) => (
          <Refusal key={refusal.reason} planId={id} refusal={refusal} />
        ))}
      </ul>
    </Panel>
  );
}

function Refusal({ planId, refusal }: { planId: number; refusal: WritePlan['refused'][number] }) {
  const { reason, files, message } = refusal;
  const [isOpen, setOpen] = useState(false);
  const found = usePlannedFiles(planId, reason, isOpen);
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <strong>{count(files, 'file')}</strong>: {reasonWords(reason)}
        </summary>
        <p className={styles.muted}>{message}</p>
        <ul className={styles.files}>
          {found?.map(({ trackId, title, path }) => (
            <li key={trackId}>
              <a href={hrefOf({ screen: 'track', id: trackId })}>{title}</a>{' '}
              <span className={styles.muted}>{path}</span>
            </li>
          ))}
        </ul>
        {found && files > found.length && (
          <p className={styles.muted}>and {count(files - found.length, 'more file', 'more files')}</p>
        )}
      </details>
    </li>
  );
}
