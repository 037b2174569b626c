import { useState } from 'react';
import { api } from '../api';
import { attempt, Button, Panel, TextField } from '../ui';
import styles from './Settings.module.css';

/** The one password of the page in a browser. */
export function Password() {
  const [password, setPassword] = useState('');
  const save = () =>
    attempt(
      () => api.auth.setPassword({ password }),
      () => {
        setPassword('');
        return 'The password was set. Other browsers have to log in again.';
      },
    );
  return (
    <Panel title="Password">
      <form
        className={styles.typed}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label="New password for the page in a browser"
          hint="At least 8 characters."
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        <Button type="submit" disabled={password.length < 8}>
          Set password
        </Button>
      </form>
    </Panel>
  );
}
