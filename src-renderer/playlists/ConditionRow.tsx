import type { FieldView } from '../../src-main/discovery/playlists/contract';
import type { Condition, Operator } from '../../src-main/discovery/playlists/rules/contract';
import { Button } from '../ui';
import { GROUP_TITLES, OPERATOR_WORDS } from './operator-words';
import styles from './Playlists.module.css';
import { changeDraft, useDraftStore } from './playlists-store';
import { type Path, replaceAt, withField, withOperator } from './tree';
import { ValueInput } from './ValueInput';

interface RowProps {
  condition: Condition;
  path: Path;
  fields: readonly FieldView[];
}

/** One rule: a field, an operator that the field allows, and a value that fits both. */
export function ConditionRow({ condition, path, fields }: RowProps) {
  const field = fields.find(({ name }) => name === condition.field);
  const name = `rule ${path.map((index) => index + 1).join('.')}`;
  const put = (changed: Condition | null) =>
    changeDraft({ rules: replaceAt(useDraftStore.getState().draft!.rules, path, changed) });
  return (
    <div className={styles.condition}>
      <FieldSelect
        label={`Field of ${name}`}
        value={condition.field}
        fields={fields}
        onChange={(chosen) => put(withField(condition, field, chosen))}
      />
      {field && (
        <>
          <select
            className={styles.input}
            aria-label={`Operator of ${name}`}
            value={condition.operator}
            onChange={({ target }) => put(withOperator(condition, field, target.value as Operator))}
          >
            {operatorsFor(field, condition.operator).map((operator) => (
              <option key={operator} value={operator}>
                {OPERATOR_WORDS[operator]}
              </option>
            ))}
          </select>
          <ValueInput
            // What is being typed belongs to this field and this operator.
            key={`${condition.field} ${condition.operator}`}
            label={`Value of ${name}`}
            field={field}
            condition={condition}
            onChange={(value) => put({ ...condition, value })}
          />
        </>
      )}
      <Button look="quiet" icon="close" isIconOnly onClick={() => put(null)}>
        {`Remove ${name}`}
      </Button>
    </div>
  );
}

/** The one that is there stays to be seen, even where it does not fit. */
function operatorsFor({ operators }: FieldView, present: Operator): readonly Operator[] {
  return operators.includes(present) ? operators : [...operators, present];
}

interface SelectProps {
  label: string;
  value: string;
  fields: readonly FieldView[];
  onChange(field: FieldView): void;
}

function FieldSelect({ label, value, fields, onChange }: SelectProps) {
  const isKnown = fields.some(({ name }) => name === value);
  return (
    <select
      className={styles.input}
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(fields.find(({ name }) => name === target.value)!)}
    >
      {!isKnown && <option value={value}>{value}</option>}
      {GROUP_TITLES.map(([group, title]) => (
        <optgroup key={group} label={title}>
          {fields
            .filter((field) => field.group === group)
            .map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}
