import { useId } from 'react';
import { Loaded, Panel } from '../ui';
import styles from './Analytics.module.css';
import { openMood } from './analytics-store';
import { useCorrelations } from './use-analytics';

/** How often each mood is there where another was detected: rows given, columns asked for. */
export function Correlations() {
  const captionId = useId();
  return (
    <Panel title="Moods that go together">
      <Loaded of={useCorrelations()}>
        {({ mood_correlations: byMood }) => {
          const moods = Object.keys(byMood);
          return (
            <>
              <p id={captionId} className={styles.caption}>
                Of the tracks with the mood on the left, so many in a hundred have the mood above too.
              </p>
              <section className={styles.scroll} aria-label="Table of moods that go together">
                <table className={styles.table} aria-labelledby={captionId}>
                  <thead>
                    <tr>
                      <td />
                      {moods.map((mood) => (
                        <th key={mood} scope="col">
                          <span className={styles.upright}>{mood}</span>
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {moods.map((given) => (
                      <tr key={given}>
                        <th scope="row">
                          <button
                            type="button"
                            className={styles.name}
                            aria-haspopup="dialog"
                            onClick={() => openMood(given)}
                          >
                            {given}
                          </button>
                        </th>
                        {moods.map((mood) => (
                          <Cell key={mood} probability={given === mood ? undefined : byMood[given][mood]} />
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Cell({ probability }: { probability: number | undefined }) {
  if (probability === undefined) return <td className={styles.none}>·</td>;
  // At most 45 %: the number on it stays readable in both themes.
  const strength = Math.round(probability * 45);
  return (
    <td style={{ background: `color-mix(in srgb, var(--accent) ${strength}%, var(--panel))` }}>
      {Math.round(probability * 100)}
    </td>
  );
}
