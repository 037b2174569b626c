import type { z } from 'zod';
import type { analyticsContract } from '../../src-main/discovery/analytics/contract';
import { useReasonWords } from '../queue';
import { count, Loaded, number, Panel } from '../ui';
import styles from './Analytics.module.css';
import { useCoverage } from './use-analytics';

type CoverageNumbers = z.output<typeof analyticsContract.coverage.output>;

const PARTS = [
  ['analyzedCurrent', 'analyzed', styles.current],
  ['analyzedOlder', 'analyzed with other models or settings', styles.older],
  ['waiting', 'not analyzed yet', styles.waiting],
  ['skipped', 'skipped', styles.skipped],
  ['failed', 'failed', styles.failed],
  ['missing', 'missing', styles.missing],
] as const;

/** What has become of every track that was found. */
export function Coverage() {
  return (
    <Panel title="Coverage">
      <Loaded of={useCoverage()}>{(numbers) => <Parts of={numbers} />}</Loaded>
    </Panel>
  );
}

function Parts({ of }: { of: CoverageNumbers }) {
  const parts = PARTS.filter(([part]) => of[part] > 0);
  const percent = (part: number) => `${((part / of.found) * 100).toFixed(1)} %`;
  return (
    <>
      <p className={styles.sum}>
        {count(of.found, 'track')} found, {number(of.analyzed)} analyzed, {number(of.tagged)} written
      </p>
      <div className={styles.stack} aria-hidden="true">
        {parts.map(([part, , style]) => (
          <span key={part} className={style} style={{ flexGrow: of[part] }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {parts.map(([part, words, style]) => (
          <li key={part}>
            <span className={`${styles.mark} ${style}`} aria-hidden="true" />
            {number(of[part])} {words} <span className={styles.share}>{percent(of[part])}</span>
          </li>
        ))}
      </ul>
      <Reasons title="Why they failed" reasons={of.failedReasons} />
      <Reasons title="Why they were skipped" reasons={of.skippedReasons} />
    </>
  );
}

function Reasons({ title, reasons }: { title: string; reasons: CoverageNumbers['failedReasons'] }) {
  const wordsOf = useReasonWords();
  if (reasons.length === 0) return null;
  return (
    <p className={styles.reasons}>
      {title}: {reasons.map(({ reason, count: of }) => `${number(of)} × ${wordsOf(reason)}`).join('; ')}.
    </p>
  );
}
