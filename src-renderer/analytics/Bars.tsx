import type { ReactNode } from 'react';
import { number, count as tally } from '../ui';
import styles from './Analytics.module.css';

interface Bar {
  readonly name: string;
  readonly count: number;
  /** In percent, for the words beside the bar. */
  readonly percentage: number;
}

interface BarsProps {
  bars: readonly Bar[];
  /** What a bar opens; without it the names are only words. */
  onOpen?(name: string): void;
  /** What is said where there are no bars. */
  none: ReactNode;
}

/** Names with a bar and a number each, the longest bar for the largest number. */
export function Bars({ bars, onOpen, none }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  if (bars.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <ul className={styles.bars}>
      {bars.map(({ name, count, percentage }) => (
        <li key={name} className={styles.bar}>
          {onOpen ? (
            <button type="button" className={styles.name} aria-haspopup="dialog" onClick={() => onOpen(name)}>
              {name}
            </button>
          ) : (
            <span className={styles.name} title={name}>
              {name}
            </span>
          )}
          <span className={styles.groove} aria-hidden="true">
            <span className={styles.fill} style={{ width: `${(count / most) * 100}%` }} />
          </span>
          <span className={styles.value}>{number(count)}</span>
          <span className={styles.share}>{percentage.toFixed(1)} %</span>
        </li>
      ))}
    </ul>
  );
}

export interface Column {
  /** What stands below it, where there is room. */
  readonly name: string;
  /** All of it in words: `110–120 BPM`. */
  readonly words: string;
  readonly count: number;
}

/** Numbers along a scale, as columns. */
export function Columns({ columns, none }: { columns: readonly Column[]; none: ReactNode }) {
  const most = Math.max(1, ...columns.map(({ count }) => count));
  if (columns.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <ol className={styles.columns}>
      {columns.map(({ name, words, count }) => (
        <li key={words} className={styles.column} title={`${words}: ${number(count)}`}>
          <span className="visually-hidden">{`${words}: ${tally(count, 'track')}`}</span>
          <span className={styles.shaft} aria-hidden="true">
            <span className={styles.height} style={{ height: `${(count / most) * 100}%` }} />
          </span>
          <span className={styles.foot} aria-hidden="true">
            {name}
          </span>
        </li>
      ))}
    </ol>
  );
}
