import { useState } from 'react';
import type { ApiKey, KeyScope } from '../../../src-main/platform/auth/contract';
import { api } from '../../api';
import { ago, attempt, Badge, Button, Dialog, Loaded, Panel, RemovalDialog, SelectField, TextField } from '../../ui';
import styles from '../Settings.module.css';
import { refreshKeys, useKeys } from './use-account';

const SCOPES: readonly (readonly [KeyScope, string])[] = [
  ['full', 'Everything'],
  ['read', 'Read only'],
  ['webhook', 'Webhooks only'],
];

/** Keys for programs, such as Lidarr. */
export function ApiKeys() {
  const keys = useKeys();
  const [isMaking, setMaking] = useState(false);
  return (
    <Panel
      title="API keys"
      actions={
        <Button icon="key" onClick={() => setMaking(true)}>
          New key …
        </Button>
      }
    >
      <Loaded of={keys} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.muted}>Programs such as Lidarr need a key to reach Tonearm. There is none yet.</p>
          ) : (
            <ul className={styles.keys}>
              {items.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isMaking && <NewKeyDialog onClose={() => setMaking(false)} />}
    </Panel>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const [isAsking, setAsking] = useState(false);
  const revoke = () =>
    attempt(
      () => api.auth.revokeKey({ id: apiKey.id }),
      () => {
        void refreshKeys();
        return `The key ${apiKey.name} works no more.`;
      },
    );
  return (
    <li>
      <div>
        <strong>{apiKey.name}</strong> <Badge>{SCOPES.find(([scope]) => scope === apiKey.scope)?.[1] ?? ''}</Badge>
        <p className={styles.muted}>
          ends in <code>{apiKey.lastFour}</code>, made {ago(apiKey.createdAt)}, used {ago(apiKey.lastUsedAt)}
        </p>
      </div>
      <Button look="danger" onClick={() => setAsking(true)}>
        {`Revoke ${apiKey.name} …`}
      </Button>
      {isAsking && (
        <RemovalDialog
          title={`Revoke ${apiKey.name}?`}
          action="Revoke the key"
          remove={revoke}
          onClose={() => setAsking(false)}
        >
          <p>
            Programs that use it are refused at once; it was used {ago(apiKey.lastUsedAt)}. A revoked key never works
            again: they need a new one.
          </p>
        </RemovalDialog>
      )}
    </li>
  );
}

function NewKeyDialog({ onClose }: { onClose(): void }) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<KeyScope>('full');
  const [made, setMade] = useState<string>();
  const make = () =>
    attempt(async () => {
      setMade((await api.auth.createKey({ name, scope })).key);
      await refreshKeys();
    });
  if (made) return <MadeKeyDialog value={made} onClose={onClose} />;
  return (
    <Dialog
      title="New API key"
      onClose={onClose}
      onSubmit={make}
      actions={
        <Button type="submit" look="primary">
          Make the key
        </Button>
      }
    >
      <TextField name="name" label="What it is for" value={name} onChange={setName} placeholder="Lidarr" isRequired />
      <SelectField
        name="scope"
        label="What it may do"
        value={scope}
        options={SCOPES}
        onChange={(chosen) => setScope(chosen)}
      />
    </Dialog>
  );
}

function MadeKeyDialog({ value, onClose }: { value: string; onClose(): void }) {
  const copy = () =>
    attempt(
      () => navigator.clipboard.writeText(value),
      () => 'Copied.',
    );
  return (
    <Dialog
      title="Your key"
      onClose={onClose}
      closeLabel="I have kept it"
      actions={
        <Button icon="copy" look="primary" onClick={() => void copy()}>
          Copy
        </Button>
      }
    >
      <p>It is shown this once. Tonearm keeps only a fingerprint of it.</p>
      <p className={styles.secret}>{value}</p>
    </Dialog>
  );
}
