import type { Settings } from '../../src-main/app/contract';
import { Button } from '../ui';
import styles from './Welcome.module.css';
import { choose, goToStep, useWelcome } from './welcome-store';

const CHOICES: readonly (readonly [Settings['preset'], string, string])[] = [
  ['precise', 'Precise', 'With overlaps, as the models were released. What most people want.'],
  [
    'balanced',
    'Balanced',
    'Every part of a track once: faster, and scores differ by less than a hundredth on average.',
  ],
  ['fast', 'Fast', 'At most 40 places, spread over the track. For a very large library on a small machine.'],
];

/** Asks how densely a track is analyzed. */
export function QualityStep() {
  const preset = useWelcome((state) => state.preset);
  return (
    <form
      className={styles.step}
      onSubmit={(event) => {
        event.preventDefault();
        goToStep('models');
      }}
    >
      <fieldset className={styles.choices} aria-labelledby="step">
        {CHOICES.map(([value, title, hint]) => (
          <label key={value} className={styles.choice}>
            <input type="radio" name="preset" checked={preset === value} onChange={() => choose({ preset: value })} />
            <span>
              <strong>{title}</strong>
              <span className={styles.hint}>{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={styles.buttons}>
        <Button icon="back" onClick={() => goToStep('folder')}>
          Back
        </Button>
        <Button type="submit" look="primary">
          Next
        </Button>
      </div>
    </form>
  );
}
