import { Field, TextField } from '../ui';
import { useMixStore, wish } from './mix-store';
import styles from './Similar.module.css';

/** How long, how varied, and of what a mix or a path may be. */
export function MixWishes() {
  const { kind, wishes } = useMixStore();
  return (
    <>
      {kind === 'mix' ? (
        <div className={styles.wishes}>
          <NumberField label="Tracks" value={wishes.length} onChange={(length) => wish({ length })} />
          <NumberField
            label="Per artist"
            value={wishes.maxPerArtist}
            onChange={(maxPerArtist) => wish({ maxPerArtist })}
          />
          <Field label="Variety" hint="Left: the nearest. Right: as different as can be.">
            {(ids) => (
              <input
                {...ids}
                type="range"
                min={0}
                max={0.9}
                step={0.1}
                value={wishes.diversity}
                onChange={(event) => wish({ diversity: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : (
        <div className={styles.wishes}>
          <NumberField label="Tracks between the two" value={wishes.steps} onChange={(steps) => wish({ steps })} />
        </div>
      )}
      <details className={styles.filters}>
        <summary>Only tracks that …</summary>
        <div className={styles.wishes}>
          <TextField label="Mood" value={wishes.mood} placeholder="any" onChange={(mood) => wish({ mood })} />
          <TextField label="Genre" value={wishes.genre} placeholder="any" onChange={(genre) => wish({ genre })} />
          <NumberField label="BPM from" value={wishes.bpmMin} onChange={(bpmMin) => wish({ bpmMin })} />
          <NumberField label="BPM to" value={wishes.bpmMax} onChange={(bpmMax) => wish({ bpmMax })} />
        </div>
      </details>
    </>
  );
}

function NumberField(props: { label: string; value: string; onChange(value: string): void }) {
  return <TextField {...props} type="number" />;
}
