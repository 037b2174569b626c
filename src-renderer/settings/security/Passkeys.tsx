import { useState } from 'react';
import type { Passkey } from '../../../src-main/platform/auth/contract';
import { api, isWindow } from '../../api';
import { makePasskey, whyNoPasskeys } from '../../auth';
import { ago, attempt, Badge, Button, Dialog, Panel, TextField } from '../../ui';
import styles from '../Settings.module.css';
import { refreshAccount } from './use-account';

/** What a device keeps and unlocks by finger, face or PIN, in place of password and code. */
export function Passkeys({ passkeys }: { passkeys: readonly Passkey[] }) {
  const [isMaking, setMaking] = useState(false);
  const why = isWindow ? 'Open the page in a browser to add one.' : whyNoPasskeys();
  return (
    <Panel
      title="Passkeys"
      actions={
        <Button icon="key" disabled={why !== undefined} onClick={() => setMaking(true)}>
          New passkey …
        </Button>
      }
    >
      <p className={styles.muted}>A passkey opens the page by finger, face or PIN, without the password. {why}</p>
      {passkeys.length > 0 && (
        <ul className={styles.keys} aria-label="Passkeys">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {isMaking && <NewPasskeyDialog onClose={() => setMaking(false)} />}
    </Panel>
  );
}

function PasskeyRow({ passkey: { id, name, host, createdAt, lastUsedAt } }: { passkey: Passkey }) {
  const remove = () =>
    attempt(
      () => api.auth.removePasskey({ id }),
      () => {
        void refreshAccount();
        return `The passkey ${name} opens nothing any more.`;
      },
    );
  return (
    <li>
      <div>
        <strong>{name}</strong> <Badge>{host}</Badge>
        <p className={styles.muted}>
          made {ago(createdAt)}, used {ago(lastUsedAt)}
        </p>
      </div>
      <Button look="danger" aria-label={`Remove the passkey ${name}`} onClick={() => void remove()}>
        Remove
      </Button>
    </li>
  );
}

function NewPasskeyDialog({ onClose }: { onClose(): void }) {
  const [name, setName] = useState('');
  const make = () =>
    attempt(
      async () => {
        const { options } = await api.auth.newPasskeyOptions({});
        return api.auth.addPasskey({ name, response: await makePasskey(options) });
      },
      () => {
        onClose();
        void refreshAccount();
        return `The passkey ${name} opens the page from now on.`;
      },
    );
  return (
    <Dialog
      title="New passkey"
      onClose={onClose}
      onSubmit={make}
      actions={
        <Button type="submit" look="primary">
          Make it
        </Button>
      }
    >
      <TextField
        name="name"
        label="Name of the device"
        value={name}
        onChange={setName}
        placeholder="Laptop"
        isRequired
      />
    </Dialog>
  );
}
