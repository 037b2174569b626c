import { useId, useState } from 'react';
import type { FieldView } from '../../src-main/discovery/playlists/contract';
import type { Condition, RuleValue } from '../../src-main/discovery/playlists/rules/contract';
import { Button } from '../ui';
import styles from './Playlists.module.css';
import { formOf } from './tree';
import { usePlaylists } from './use-playlists';

interface ValueProps {
  label: string;
  field: FieldView;
  condition: Condition;
  onChange(value: RuleValue): void;
}
type Scalar = string | number | boolean;

/** What a rule compares with, in the form that its field and operator ask for. */
export function ValueInput({ label, field, condition, onChange }: ValueProps) {
  const { operator, value } = condition;
  const form = formOf(field, operator);
  if (form === 'none') return <span />;
  if (form === 'range') {
    const [low, high] = Array.isArray(value) ? value : [value, value];
    const kind = field.type === 'date' ? 'date' : 'number';
    return (
      <span className={styles.range}>
        <OneValue
          kind={kind}
          label={`${label}, from`}
          value={low}
          isPartial={isPartialDate(field)}
          onChange={(from) => onChange([from, high])}
        />
        <span>and</span>
        <OneValue
          kind={kind}
          label={`${label}, to`}
          value={high}
          isPartial={isPartialDate(field)}
          onChange={(to) => onChange([low, to])}
        />
      </span>
    );
  }
  if (Array.isArray(value) && (form === 'text' || form === 'number' || form === 'date')) {
    return <ValueList kind={form} label={label} field={field} values={value} onChange={onChange} />;
  }
  const one = Array.isArray(value) ? value[0] : value;
  if (form === 'days') {
    return (
      <span className={styles.range}>
        <OneValue kind="number" label={`${label}, in days`} value={one} onChange={onChange} />
        <span>days</span>
      </span>
    );
  }
  if (form === 'boolean') {
    return (
      <select
        className={styles.input}
        aria-label={label}
        value={String(one)}
        onChange={({ target }) => onChange(target.value === 'true')}
      >
        <option value="true">yes</option>
        <option value="false">no</option>
      </select>
    );
  }
  if (form === 'playlist') return <PlaylistSelect label={label} value={String(one)} onChange={onChange} />;
  return (
    <OneValue
      kind={form}
      label={label}
      value={one}
      onChange={onChange}
      suggestions={field.suggestions}
      isPartial={isPartialDate(field)}
    />
  );
}

/** Dates that files say, which may be a year or a month alone. */
const isPartialDate = ({ name }: FieldView) => ['date', 'originaldate', 'releasedate'].includes(name.toLowerCase());
const isWholeDate = (value: Scalar) => /^\d{4}-\d{2}-\d{2}$/.test(String(value));
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

interface ListProps {
  kind: 'text' | 'number' | 'date';
  label: string;
  field: FieldView;
  values: readonly Scalar[];
  onChange(values: RuleValue): void;
}

/** Several values, of which one has to fit. */
function ValueList({ kind, label, field, values, onChange }: ListProps) {
  const names = values.map((_, index) => `${label}, number ${index + 1}`);
  const put = (changed: readonly Scalar[]) => onChange([...changed] as RuleValue);
  return (
    <span className={styles.values}>
      {names.map((name, index) => (
        <span key={name} className={styles.range}>
          <OneValue
            kind={kind}
            label={name}
            value={values[index]}
            suggestions={field.suggestions}
            isPartial={isPartialDate(field)}
            onChange={(changed) => put(values.with(index, changed))}
          />
          {values.length > 1 && (
            <Button look="quiet" icon="close" isIconOnly onClick={() => put(values.toSpliced(index, 1))}>
              {`Remove ${String(values[index])}`}
            </Button>
          )}
        </span>
      ))}
      <Button look="quiet" icon="add" onClick={() => put([...values, values.at(-1) ?? ''])}>
        Or another
      </Button>
    </span>
  );
}

interface OneProps {
  kind: 'text' | 'number' | 'date';
  label: string;
  value: Scalar;
  suggestions?: readonly string[];
  /** A date may be a year or a month. */
  isPartial?: boolean;
  onChange(value: Scalar): void;
}

/** Holds what is typed until it is a value. */
function OneValue({ kind, label, value, suggestions = [], isPartial = false, onChange }: OneProps) {
  const id = useId();
  const isTypedDate = kind === 'date' && (isPartial || !isWholeDate(value));
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <>
      <input
        className={styles.input}
        aria-label={label}
        type={isTypedDate ? 'text' : kind}
        placeholder={isTypedDate ? '1959, 1975-06 or 1975-06-30' : undefined}
        pattern={isTypedDate ? DATE.source.slice(1, -1) : undefined}
        step={kind === 'number' ? 'any' : undefined}
        list={suggestions.length > 0 ? id : undefined}
        value={typed ?? String(value)}
        onBlur={() => setTyped(null)}
        onChange={({ target }) => {
          setTyped(target.value);
          if (kind === 'text') onChange(target.value);
          else if (isTypedDate && !DATE.test(target.value)) return;
          else if (target.value !== '') onChange(kind === 'number' ? Number(target.value) : target.value);
        }}
      />
      {suggestions.length > 0 && (
        <datalist id={id}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  );
}

function PlaylistSelect({ label, value, onChange }: { label: string; value: string; onChange(id: string): void }) {
  const playlists = usePlaylists().data?.playlists ?? [];
  return (
    <select className={styles.input} aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">Choose a playlist</option>
      {playlists.map(({ id, name }) => (
        <option key={id} value={String(id)}>
          {name}
        </option>
      ))}
    </select>
  );
}
