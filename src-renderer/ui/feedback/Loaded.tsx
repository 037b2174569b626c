import type { ReactNode } from 'react';
import { Button } from '../form';
import { Icon, type IconName } from '../icons';
import styles from './Loaded.module.css';

/** What a question to the application looks like while it is on its way and afterwards. */
interface Asked<T> {
  data: T | undefined;
  error: unknown;
  refetch(): unknown;
}

interface LoadedProps<T> {
  of: Asked<T>;
  children: (data: T) => ReactNode;
  /** How many lines to hint at while loading. */
  lines?: number;
}

const LINES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Draws loading and failed on purpose, in one place; what was there before a failed refresh stays. */
export function Loaded<T>({ of, children, lines = 4 }: LoadedProps<T>) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <Failed error={of.error} onRetry={() => of.refetch()} />;
  return (
    <div className={styles.loading} role="status">
      <span className="visually-hidden">Loading …</span>
      {LINES.slice(0, lines).map((line) => (
        <span key={line} className={styles.line} />
      ))}
    </div>
  );
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const message = error instanceof Error ? error.message : 'Something went wrong.';
  return (
    <div className={`${styles.empty} ${styles.failed}`} role="alert">
      <Icon name="error" size={28} />
      <p className={styles.title}>This could not be shown</p>
      <p className={styles.text}>{message} Nothing was changed.</p>
      {onRetry && (
        <Button icon="retry" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  /** What will be here, and why it is empty now. */
  children: ReactNode;
  action?: ReactNode;
}

export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <Icon name={icon} size={36} />
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text}>{children}</p>
      {action}
    </div>
  );
}
