import { useState } from 'react';
import { Badge, Button, Form, SelectField, SwitchField, TextField } from '../ui';
import styles from './Settings.module.css';
import type { SettingField } from './setting-fields';
import { changeSettings } from './use-settings';

const shown = (value: unknown): string =>
  value === true ? 'on' : value === false ? 'off' : value === '' ? 'nothing' : String(value);

/** One setting: switches and choices are saved at once, words and numbers when one says so. */
export function SettingRow({ field, value }: { field: SettingField; value: unknown }) {
  const isChanged = value !== field.initial;
  const save = (changed: unknown) => changeSettings({ [field.name]: changed });
  return (
    <div className={styles.row}>
      <div className={styles.control}>
        <SettingControl field={field} value={value} onSave={save} />
      </div>
      <div className={styles.default}>
        {isChanged && <Badge tone="accent">changed</Badge>}
        <span className={styles.muted}>default: {shown(field.initial)}</span>
        {isChanged && (
          <Button look="quiet" icon="undo" isIconOnly onClick={() => void save(field.initial)}>
            {`Put "${field.title}" back to ${shown(field.initial)}`}
          </Button>
        )}
      </div>
    </div>
  );
}

const hintOf = ({ description, effect }: SettingField): string =>
  `${description}${/[.!?]$/.test(description) ? '' : '.'} ${effect}`;

interface ControlProps {
  field: SettingField;
  value: unknown;
  onSave(value: unknown): Promise<unknown>;
}

function SettingControl({ field, value, onSave }: ControlProps) {
  const { title, kind, choices } = field;
  const description = hintOf(field);
  if (kind !== 'switch' && kind !== 'choice') return <TypedControl field={field} value={value} onSave={onSave} />;
  return (
    <Form>
      {(run) => {
        const common = {
          ...{ name: field.name, label: title, hint: description },
          onChange: (chosen: unknown) => void run(() => onSave(chosen)),
        };
        if (kind === 'switch') return <SwitchField {...common} isOn={value === true} />;
        const options = choices.map((choice) => [choice, choice] as const);
        return <SelectField {...common} value={String(value)} options={options} />;
      }}
    </Form>
  );
}

function TypedControl({ field, value, onSave }: ControlProps) {
  const [text, setText] = useState(String(value));
  return (
    <Form className={styles.typed} onSubmit={() => onSave(field.kind === 'number' ? Number(text) : text)}>
      <TextField
        name={field.name}
        label={field.title}
        hint={hintOf(field)}
        type={field.kind === 'number' ? 'number' : 'text'}
        value={text}
        onChange={setText}
        isRequired={field.kind === 'number'}
      />
      {text !== String(value) && (
        <Button type="submit" look="primary">
          Save
        </Button>
      )}
    </Form>
  );
}
