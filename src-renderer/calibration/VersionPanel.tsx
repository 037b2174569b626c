import type { DriftView, LabelView } from '../../src-main/library/calibration/contract';
import { Badge, Button, Loaded, number, Panel, type Tone } from '../ui';
import styles from './Calibration.module.css';
import { useVersion } from './use-calibration';

const TONES: Readonly<Record<DriftView['grade'], Tone>> = {
  excellent: 'good',
  good: 'good',
  acceptable: 'warn',
  unstable: 'bad',
};

/** Where the scores of each label lie in one version, and how far they moved since the one before. */
export function VersionPanel({ id, onClose }: { id: number; onClose(): void }) {
  const version = useVersion(id);
  return (
    <Panel
      title={`Calibration ${id}, label by label`}
      actions={
        <Button icon="close" onClick={onClose}>
          Close
        </Button>
      }
    >
      <Loaded of={version}>
        {({ labels, drift, against }) => (
          <>
            <p className={styles.muted}>
              {against === null
                ? 'It is the first of its kind, so there is nothing to compare it with.'
                : `How far it moved from calibration ${against}: excellent and good hardly, unstable more than it may.`}
            </p>
            <section className={styles.scroll} aria-label="Labels">
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Label</th>
                    <th scope="col">5 % below</th>
                    <th scope="col">Median</th>
                    <th scope="col">5 % above</th>
                    <th scope="col">Scores</th>
                    <th scope="col">Believed</th>
                    <th scope="col">Drift</th>
                  </tr>
                </thead>
                <tbody>
                  {labels.map((label) => (
                    <Label
                      key={`${label.head} ${label.label}`}
                      label={label}
                      drift={against === null ? undefined : drift.find(({ head }) => head === label.head)}
                    />
                  ))}
                </tbody>
              </table>
            </section>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

const short = (value: number | null) => (value === null ? '–' : value.toFixed(3));

function Label({ label, drift }: { label: LabelView; drift: DriftView | undefined }) {
  return (
    <tr>
      <th scope="row">
        {label.label} <span className={styles.muted}>{label.head}</span>
      </th>
      <td>{short(label.p5)}</td>
      <td>{short(label.median)}</td>
      <td>{short(label.p95)}</td>
      <td>{label.samples === null ? '–' : number(label.samples)}</td>
      <td>{Math.round(label.weight * 100)} %</td>
      <td>{drift ? <Badge tone={TONES[drift.grade]}>{drift.grade}</Badge> : '–'}</td>
    </tr>
  );
}
