import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';
import { problemIdOf, useFieldProblem } from './Form';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What the request calls it, so that what is wrong with it is said here. */
  name?: string;
  children: (attributes: FieldAttributes) => ReactNode;
}

interface FieldAttributes {
  id: string;
  name: string | undefined;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** What ties a control to what is said about it, and what is said. */
function useNotes(hint: ReactNode, name: string | undefined): [FieldAttributes, ReactNode] {
  const id = useId();
  const problem = useFieldProblem(name);
  const describedBy = [problem && problemIdOf(id), hint && `${id}-hint`].filter(Boolean).join(' ');
  return [
    {
      id,
      name,
      'aria-describedby': describedBy || undefined,
      'aria-invalid': problem === undefined ? undefined : true,
    },
    <>
      {problem && (
        <p id={problemIdOf(id)} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </>,
  ];
}

/** A label, its control and what has to be known about it. */
export function Field({ label, hint, name, children }: FieldProps) {
  const [attributes, notes] = useNotes(hint, name);
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={attributes.id}>
        {label}
      </label>
      {children(attributes)}
      {notes}
    </div>
  );
}

interface TextFieldProps {
  label: string;
  hint?: ReactNode;
  name?: string;
  value: string;
  onChange(value: string): void;
  type?: 'text' | 'password' | 'number';
  autoComplete?: string;
  placeholder?: string;
  isRequired?: boolean;
  /** Has the focus when it appears. */
  isFocused?: boolean;
}

export function TextField({ label, hint, name, value, onChange, isRequired, isFocused, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} name={name}>
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
  name,
  value,
  options,
  onChange,
}: SelectProps<T> & { hint?: ReactNode; name?: string }) {
  return (
    <Field label={label} hint={hint} name={name}>
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
  name?: string;
  isOn: boolean;
  onChange(isOn: boolean): void;
  isDisabled?: boolean;
}

export function SwitchField({ label, hint, name, isOn, onChange, isDisabled }: SwitchFieldProps) {
  const [attributes, notes] = useNotes(hint, name);
  return (
    <div className={styles.switchField}>
      <input
        {...attributes}
        type="checkbox"
        role="switch"
        className={styles.switch}
        checked={isOn}
        aria-checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label className={styles.label} htmlFor={attributes.id}>
          {label}
        </label>
        {notes}
      </div>
    </div>
  );
}
