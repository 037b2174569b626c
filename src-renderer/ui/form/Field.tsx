import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  children: (ids: { id: string; 'aria-describedby': string | undefined }) => ReactNode;
}

/** A label, its control and what has to be known about it. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': hintId })}
      {hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps {
  label: string;
  hint?: ReactNode;
  value: string;
  onChange(value: string): void;
  type?: 'text' | 'password' | 'number';
  autoComplete?: string;
  placeholder?: string;
  isRequired?: boolean;
  /** Has the focus when it appears. */
  isFocused?: boolean;
}

export function TextField({ label, hint, value, onChange, isRequired, isFocused, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          {...rest}
          ref={isFocused ? focusOnce : undefined}
          className={styles.input}
          required={isRequired}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

const focusOnce = (input: HTMLInputElement | null) => input?.focus();

interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

export function SelectField<const T extends string>({
  label,
  hint,
  value,
  options,
  onChange,
}: SelectProps<T> & { hint?: ReactNode }) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <select {...ids} className={styles.input} value={value} onChange={(event) => onChange(event.target.value as T)}>
          <Options of={options} />
        </select>
      )}
    </Field>
  );
}

/** A choice among others in a bar, where what it chooses shows what it is. */
export function Select<const T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  return (
    <select
      aria-label={label}
      className={styles.select}
      value={value}
      onChange={(event) => onChange(event.target.value as T)}
    >
      <Options of={options} />
    </select>
  );
}

function Options({ of }: { of: readonly (readonly [string, string])[] }) {
  return of.map(([value, text]) => (
    <option key={value} value={value}>
      {text}
    </option>
  ));
}

interface SwitchFieldProps {
  label: string;
  hint?: ReactNode;
  isOn: boolean;
  onChange(isOn: boolean): void;
  isDisabled?: boolean;
}

export function SwitchField({ label, hint, isOn, onChange, isDisabled }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className={styles.switchField}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={styles.switch}
        checked={isOn}
        aria-checked={isOn}
        disabled={isDisabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
