import { useEffect, useRef } from 'react';
import styles from './Grid.module.css';

interface SelectBoxProps {
  label: string;
  state: 'none' | 'some' | 'all';
  /** Reached by Tab; the boxes of rows are not, their rows are chosen by Space. */
  isReachable?: boolean;
  onChange(isRange: boolean): void;
}

/** The box by which a row is chosen, or all of them. */
export function SelectBox({ label, state, isReachable, onChange }: SelectBoxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = state === 'some';
  }, [state]);
  return (
    <label className={styles.box}>
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        tabIndex={isReachable ? 0 : -1}
        checked={state === 'all'}
        onChange={({ nativeEvent }) => onChange('shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
      />
    </label>
  );
}
