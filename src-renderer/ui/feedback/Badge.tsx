import { Icon, type IconName } from '../icons';
import styles from './Badge.module.css';

export type Tone = 'calm' | 'good' | 'warn' | 'bad' | 'accent';

/** A state in a word, with a drawing and a colour beside it. */
export function Badge({ tone = 'calm', icon, children }: { tone?: Tone; icon?: IconName; children: string }) {
  return (
    <span className={`${styles.badge} ${styles[tone]}`}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}
