import { Suspense, useState } from 'react';
import type { Connection, KindDescription } from '../../src-main/servers/connections/contract';
import { ago, Badge, Button, Panel, RemovalDialog, type Tone } from '../ui';
import { ConnectionDialog } from './ConnectionDialog';
import styles from './Connections.module.css';
import { removeConnection, testConnection } from './connection-actions';
import { partsOf, type RemovalProps } from './kind-parts';
import { Warnings } from './Warnings';

/** One server: whether it answers, what it is, and what can be done with it. */
export function ConnectionPanel({ connection, kinds }: { connection: Connection; kinds: KindDescription[] }) {
  const [open, setOpen] = useState<'edit' | 'remove'>();
  const { Details, Removal = RemoveDialog } = partsOf(connection.kind) ?? {};
  const close = () => setOpen(undefined);
  return (
    <Panel
      title={connection.name}
      actions={
        <>
          <TestButton connection={connection} />
          <Button icon="pen" onClick={() => setOpen('edit')}>
            Change …
          </Button>
          <Button icon="trash" look="danger" onClick={() => setOpen('remove')}>
            Remove …
          </Button>
        </>
      }
    >
      <State connection={connection} title={kinds.find(({ kind }) => kind === connection.kind)?.title ?? ''} />
      {Details && connection.isEnabled ? (
        <Suspense>
          <Details connection={connection} />
        </Suspense>
      ) : (
        <Warnings texts={connection.warnings} />
      )}
      {open === 'edit' && <ConnectionDialog kinds={kinds} connection={connection} onClose={close} />}
      {open === 'remove' && (
        <Suspense>
          <Removal connection={connection} onClose={close} />
        </Suspense>
      )}
    </Panel>
  );
}

function TestButton({ connection }: { connection: Connection }) {
  const [isBusy, setBusy] = useState(false);
  async function test() {
    setBusy(true);
    await testConnection(connection);
    setBusy(false);
  }
  return (
    <Button icon="check" isBusy={isBusy} onClick={() => void test()}>
      Test
    </Button>
  );
}

const STATES = {
  ok: ['good', 'check', 'answers'],
  failing: ['bad', 'error', 'fails'],
  unchecked: ['calm', 'waiting', 'not tested yet'],
} as const satisfies Record<Connection['state'], readonly [Tone, string, string]>;

function State({ connection, title }: { connection: Connection; title: string }) {
  const { state, stateMessage, isEnabled, url, version, checkedAt } = connection;
  const [tone, icon, text] = STATES[state];
  return (
    <div className={styles.state}>
      <p>
        {isEnabled ? (
          <Badge tone={tone} icon={icon}>
            {text}
          </Badge>
        ) : (
          <Badge icon="pause">switched off</Badge>
        )}{' '}
        <span className={styles.muted}>
          {title}
          {version && ` ${version}`} at {url}
          {checkedAt && `, asked ${ago(checkedAt)}`}
        </span>
      </p>
      {state === 'failing' && stateMessage && (
        <p className={styles.failed} role="note">
          {stateMessage}
        </p>
      )}
    </div>
  );
}

function RemoveDialog({ connection, onClose }: RemovalProps) {
  return (
    <RemovalDialog
      title={`Remove ${connection.name}?`}
      action="Forget it and its password"
      remove={() => removeConnection(connection)}
      onClose={onClose}
    >
      <p>
        Tonearm no longer talks to <code>{connection.url}</code>. Nothing on the server changes: playlists that were
        published there stay, and Tonearm no longer knows that they are its own.
      </p>
    </RemovalDialog>
  );
}
