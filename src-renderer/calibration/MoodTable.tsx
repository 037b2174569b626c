import type { MoodPreview } from '../../src-main/library/calibration/contract';
import { hrefOf } from '../router';
import { number } from '../ui';
import styles from './Calibration.module.css';

/** Mood by mood: how many tracks have it now and then, with examples. */
export function MoodTable({ moods }: { moods: readonly MoodPreview[] }) {
  return (
    <section className={styles.scroll} aria-label="Moods before and after">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Mood</th>
            <th scope="col">Tracks now</th>
            <th scope="col">Then</th>
            <th scope="col">Gained</th>
            <th scope="col">Lost</th>
            <th scope="col">Surer</th>
            <th scope="col">Less sure</th>
            <th scope="col">For example</th>
          </tr>
        </thead>
        <tbody>
          {moods.map((mood) => (
            <tr key={mood.mood}>
              <th scope="row">{mood.mood}</th>
              <td>{number(mood.before)}</td>
              <td>{number(mood.after)}</td>
              <td>{signed('+', mood.gains)}</td>
              <td>{signed('−', mood.losses)}</td>
              <td>{number(mood.up)}</td>
              <td>{number(mood.down)}</td>
              <td>
                <Examples mood={mood} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const signed = (sign: string, value: number) => (value === 0 ? '0' : `${sign}${number(value)}`);

function Examples({ mood }: { mood: MoodPreview }) {
  if (mood.examples.length === 0) return null;
  return (
    <details>
      <summary>
        {mood.examples[0].title}
        {mood.examples.length > 1 && ` and ${mood.examples.length - 1} more`}
      </summary>
      <ul className={styles.examples}>
        {mood.examples.map(({ trackId, title, artist, before, after }) => (
          <li key={trackId}>
            <a href={hrefOf({ screen: 'track', id: trackId })}>{title}</a>
            {artist && ` by ${artist}`}: {before ?? 'absent'} → {after ?? 'absent'}
          </li>
        ))}
      </ul>
    </details>
  );
}
