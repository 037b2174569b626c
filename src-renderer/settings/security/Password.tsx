import { useState } from 'react';
import { api, isWindow } from '../../api';
import { attempt, Button, Form, Panel, TextField } from '../../ui';
import styles from '../Settings.module.css';
import { refreshAccount, refreshSessions } from './use-account';

/** The one password of the page in a browser. */
export function Password({ hasPassword }: { hasPassword: boolean }) {
  const [present, setPresent] = useState('');
  const [password, setPassword] = useState('');
  // The window belongs to whoever may read the data folder: it is the way out for who forgot the password.
  const needsPresent = hasPassword && !isWindow;
  const save = () =>
    attempt(
      () => api.auth.setPassword({ password, currentPassword: needsPresent ? present : undefined }),
      () => {
        setPresent('');
        setPassword('');
        void refreshAccount();
        void refreshSessions();
        return 'The password was set. Other browsers have to log in again.';
      },
    );
  return (
    <Panel title="Password">
      <Form className={styles.stacked} onSubmit={save}>
        {needsPresent && (
          <TextField
            name="currentPassword"
            label="Present password"
            type="password"
            autoComplete="current-password"
            value={present}
            onChange={setPresent}
            isRequired
          />
        )}
        <TextField
          name="password"
          label="New password for the page in a browser"
          hint="At least 8 characters. Everybody else is logged out."
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        <Button type="submit" disabled={password.length < 8 || (needsPresent && present === '')}>
          Set password
        </Button>
      </Form>
    </Panel>
  );
}
