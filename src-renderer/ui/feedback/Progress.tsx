import styles from './Progress.module.css';

interface ProgressProps {
  label: string;
  /** 0…1; without it, work is going on whose end cannot be told. */
  value?: number;
  /** The same in words: `213 of 5,120 tracks`. */
  text: string;
  isPaused?: boolean;
  isSlim?: boolean;
}

export function Progress({ label, value, text, isPaused, isSlim }: ProgressProps) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10;
  return (
    <div
      className={`${styles.track} ${isSlim ? styles.slim : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      <div
        className={`${styles.bar} ${percent === undefined ? styles.unknown : ''} ${isPaused ? styles.paused : ''}`}
        style={{ width: percent === undefined ? undefined : `${percent}%` }}
      />
    </div>
  );
}
