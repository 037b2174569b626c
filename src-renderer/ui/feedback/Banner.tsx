import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons';
import styles from './Banner.module.css';

interface BannerProps {
  tone: 'warn' | 'bad' | 'calm';
  icon: IconName;
  children: ReactNode;
  action?: ReactNode;
}

/** What has to be known about everything below it. */
export function Banner({ tone, icon, children, action }: BannerProps) {
  return (
    <div className={`${styles.banner} ${styles[tone]}`}>
      <Icon name={icon} size={20} />
      <p className={styles.text}>{children}</p>
      {action}
    </div>
  );
}
