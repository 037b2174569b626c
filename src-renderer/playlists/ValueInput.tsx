import { useId, useState } from 'react';
import type { FieldView } from '../../src-main/discovery/playlists/contract';
import type { Condition, RuleValue } from '../../src-main/discovery/playlists/rules/contract';
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
        <OneValue kind={kind} label={`${label}, from`} value={low} onChange={(from) => onChange([from, high])} />
        <span>and</span>
        <OneValue kind={kind} label={`${label}, to`} value={high} onChange={(to) => onChange([low, to])} />
      </span>
    );
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
  return <OneValue kind={form} label={label} value={one} onChange={onChange} suggestions={field.suggestions} />;
}

interface OneProps {
  kind: 'text' | 'number' | 'date';
  label: string;
  value: Scalar;
  suggestions?: readonly string[];
  onChange(value: Scalar): void;
}

/** Holds what is typed until it is a value. */
function OneValue({ kind, label, value, suggestions = [], onChange }: OneProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <>
      <input
        className={styles.input}
        aria-label={label}
        type={kind}
        step={kind === 'number' ? 'any' : undefined}
        list={suggestions.length > 0 ? id : undefined}
        value={typed ?? String(value)}
        onBlur={() => setTyped(null)}
        onChange={({ target }) => {
          setTyped(target.value);
          if (kind === 'text') onChange(target.value);
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
