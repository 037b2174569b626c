import { useState } from 'react';
import type { AuditEntry, AuditEvent } from '../../../src-main/platform/audit/contract';
import { api, useCall } from '../../api';
import { Badge, Button, Loaded, Panel, SelectField, TextField, type Tone } from '../../ui';
import styles from '../Settings.module.css';

const WORDS: Readonly<Record<AuditEvent, readonly [string, Tone]>> = {
  login: ['Logged in', 'good'],
  'login.failed': ['Log-in failed', 'bad'],
  'login.blocked': ['Log-in refused: too many attempts', 'bad'],
  'login.code-asked': ['Right password, code asked for', 'warn'],
  logout: ['Logged out', 'calm'],
  'login-link.created': ['Login link made', 'calm'],
  'session.ended': ['Session ended', 'calm'],
  'sessions.ended': ['All other sessions ended', 'calm'],
  'identity.confirmed': ['Proved who they are', 'good'],
  'identity.refused': ['Could not prove who they are', 'bad'],
  'password.changed': ['Password changed', 'warn'],
  'key.created': ['Key made', 'warn'],
  'key.revoked': ['Key revoked', 'calm'],
  'key.refused': ['Unknown key refused', 'bad'],
  'authenticator.added': ['Second factor switched on', 'good'],
  'authenticator.removed': ['Second factor switched off', 'warn'],
  'recovery-codes.renewed': ['New recovery codes', 'warn'],
  'passkey.added': ['Passkey added', 'warn'],
  'passkey.removed': ['Passkey removed', 'calm'],
  'setting.changed': ['Setting changed', 'warn'],
  'backup.restored': ['Backup restored', 'warn'],
};

/** Which events each choice of the filter shows. */
const FILTERS = {
  all: ['Everything', ''],
  logins: ['Log-ins', 'login,logout,login-link.created,session.ended,sessions.ended'],
  refused: ['What was refused', 'login.failed,login.blocked,login.code-asked,identity.refused,key.refused'],
  changed: [
    'What was changed',
    'password.changed,key.created,key.revoked,authenticator.added,authenticator.removed,recovery-codes.renewed,passkey.added,passkey.removed,setting.changed,backup.restored',
  ],
} as const;
type Filter = keyof typeof FILTERS;

/** What was done to accounts, or tried; newest first. */
export function ActivityLog() {
  const [filter, setFilter] = useState<Filter>('all');
  const [text, setText] = useState('');
  const [pages, setPages] = useState<readonly number[]>([]);
  const asked = { events: FILTERS[filter][1], text, limit: 30, before: pages.at(-1) };
  const entries = useCall(api.audit.list, asked);
  return (
    <Panel
      title="Activity"
      actions={
        <Button icon="refresh" onClick={() => void entries.refetch()}>
          Look again
        </Button>
      }
    >
      <div className={styles.filters}>
        <SelectField
          label="Show"
          value={filter}
          options={Object.entries(FILTERS).map(([name, [title]]) => [name as Filter, title] as const)}
          onChange={(chosen) => {
            setFilter(chosen);
            setPages([]);
          }}
        />
        <TextField
          label="Address, name or word"
          value={text}
          onChange={(typed) => {
            setText(typed);
            setPages([]);
          }}
        />
      </div>
      <Loaded of={entries} lines={5}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <p className={styles.muted}>Nothing of this kind was noted yet.</p>}
            <ul className={styles.keys} aria-label="Activity">
              {items.map((entry) => (
                <EntryRow key={entry.number} entry={entry} />
              ))}
            </ul>
            <div className={styles.pair}>
              {pages.length > 0 && <Button onClick={() => setPages(pages.slice(0, -1))}>Newer</Button>}
              {next !== null && <Button onClick={() => setPages([...pages, next])}>Older</Button>}
            </div>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function EntryRow({ entry: { at, event, user, from, facts } }: { entry: AuditEntry }) {
  const [words, tone] = WORDS[event];
  const said = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return (
    <li>
      <div>
        <Badge tone={tone}>{words}</Badge>
        <p className={styles.muted}>
          <time dateTime={at}>{new Date(at).toLocaleString()}</time>, {user === '-' ? 'nobody known' : user}
          {from !== '-' && ` from ${from}`}
          {said.length > 0 && `: ${said.join(', ')}`}
        </p>
      </div>
    </li>
  );
}
