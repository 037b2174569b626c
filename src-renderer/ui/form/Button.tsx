import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from '../icons';
import styles from './Button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  /** Shows only the icon; the words are still there for those who do not see it. */
  isIconOnly?: boolean;
  isBusy?: boolean;
}

export function Button({ look = 'plain', icon, isIconOnly, isBusy, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`${styles.button} ${styles[look] ?? ''} ${isIconOnly ? styles.iconOnly : ''}`}
      title={isIconOnly && typeof children === 'string' ? children : rest.title}
      aria-busy={isBusy || undefined}
      disabled={rest.disabled || isBusy}
    >
      {icon && <Icon name={icon} size={17} />}
      <span className={isIconOnly ? 'visually-hidden' : undefined}>{children}</span>
    </button>
  );
}
