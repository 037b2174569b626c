import { useState } from 'react';
import type { Connection, ConnectionField, KindDescription } from '../../src-main/servers/connections/contract';
import { Button, Dialog, SelectField, SwitchField, TextField } from '../ui';
import { addConnection, updateConnection } from './connection-actions';
import { changesOf, type Draft, draftOf } from './draft';

interface ConnectionDialogProps {
  kinds: readonly KindDescription[];
  /** The one to change; a new one without. */
  connection?: Connection;
  onClose(): void;
}

/** What has to be entered for a server, as its kind says. */
export function ConnectionDialog({ kinds, connection, onClose }: ConnectionDialogProps) {
  const kindOf = (name: string) => kinds.find(({ kind }) => kind === name) ?? kinds[0];
  const [kind, setKind] = useState(kindOf(connection?.kind ?? ''));
  const [draft, setDraft] = useState<Draft>(() => draftOf(kind, connection));
  const [isBusy, setBusy] = useState(false);
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const changeField = (name: string, value: Draft['fields'][string]) =>
    change({ fields: { ...draft.fields, [name]: value } });

  async function save() {
    setBusy(true);
    const changes = changesOf(kind, draft, connection);
    const isSaved = connection
      ? await updateConnection(connection, changes)
      : await addConnection({ ...changes, kind: kind.kind, url: draft.url });
    setBusy(false);
    if (isSaved) onClose();
  }

  return (
    <Dialog
      title={connection ? `Change ${connection.name}` : 'Add a connection'}
      onClose={onClose}
      onSubmit={save}
      actions={
        <Button type="submit" look="primary" isBusy={isBusy}>
          Save and test
        </Button>
      }
    >
      {!connection && kinds.length > 1 && (
        <SelectField
          name="kind"
          label="What to connect"
          hint={kind.summary}
          value={kind.kind}
          options={kinds.map(({ kind: name, title }) => [name, title] as const)}
          onChange={(name) => {
            setKind(kindOf(name));
            setDraft({ ...draftOf(kindOf(name)), name: draft.name, url: draft.url });
          }}
        />
      )}
      <TextField
        name="url"
        label="Address"
        value={draft.url}
        onChange={(url) => change({ url })}
        placeholder={kind.urlExample}
        autoComplete="off"
        isRequired
      />
      {kind.fields.map((field) => (
        <KindField
          key={field.name}
          field={field}
          value={draft.fields[field.name]}
          isKept={field.name === 'secret' && connection?.hasSecret === true}
          onChange={(value) => changeField(field.name, value)}
        />
      ))}
      <TextField
        name="name"
        label="Name in Tonearm"
        value={draft.name}
        onChange={(name) => change({ name })}
        placeholder={kind.title}
      />
      {connection && (
        <SwitchField
          name="isEnabled"
          label="In use"
          hint="Switched off, nothing is asked of it."
          isOn={draft.isEnabled}
          onChange={(isEnabled) => change({ isEnabled })}
        />
      )}
    </Dialog>
  );
}

interface KindFieldProps {
  field: ConnectionField;
  value: Draft['fields'][string];
  /** There is one already, which is not shown and stays when nothing is entered. */
  isKept: boolean;
  onChange(value: Draft['fields'][string]): void;
}

function KindField({ field, value, isKept, onChange }: KindFieldProps) {
  const { type, label, hint, choices = [] } = field;
  const name = ['username', 'secret'].includes(field.name) ? field.name : `options.${field.name}`;
  if (type === 'switch')
    return <SwitchField name={name} label={label} hint={hint} isOn={value === true} onChange={onChange} />;
  if (type === 'select') {
    const options = choices.map((choice) => [choice.value, choice.label] as const);
    return (
      <SelectField name={name} label={label} hint={hint} value={String(value)} options={options} onChange={onChange} />
    );
  }
  return (
    <TextField
      name={name}
      label={label}
      hint={hint}
      type={type}
      value={String(value)}
      onChange={(text) => onChange(type === 'number' ? Number(text) : text)}
      autoComplete={type === 'password' ? 'new-password' : 'off'}
      placeholder={isKept ? 'kept as it is' : undefined}
      isRequired={field.isRequired && !isKept}
    />
  );
}
