import type { Part } from '../../src-main/discovery/similarity/contract';
import styles from './Similar.module.css';

const NAMES: Readonly<Record<Part['name'], string>> = {
  timbre: 'Sound',
  tempo: 'Tempo',
  key: 'Key',
  moods: 'Moods',
  genres: 'Genre',
};

/** Why two tracks go together: a small bar and a few words for each reason that is known. */
export function Reasons({ parts }: { parts: readonly Part[] }) {
  const known = parts.filter(({ value }) => value !== null);
  return (
    <ul className={styles.reasons}>
      {known.map(({ name, value, words }) => (
        <li key={name}>
          <span className="visually-hidden">{`${NAMES[name]} ${percentOf(value)} %: `}</span>
          <span className={styles.bar} title={`${NAMES[name]}: ${percentOf(value)} %`} aria-hidden="true">
            <span className={styles.fill} style={{ width: `${percentOf(value)}%` }} />
          </span>
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}

const percentOf = (value: number | null) => Math.round((value ?? 0) * 100);
