import { type ReactNode, useEffect, useState } from 'react';
import icon from '../icon.svg';
import { Button, Failed, Form, TextField } from '../ui';
import styles from './Entrance.module.css';
import { login, loginByPasskey, useEntrance } from './entrance-store';
import { whyNoPasskeys } from './passkeys';

/** Lets in who has a session, and asks the others for the password. */
export function Entrance({ children }: { children: ReactNode }) {
  const { state, error, enter } = useEntrance();
  useEffect(() => {
    enter();
  }, [enter]);
  switch (state) {
    case 'asking':
      return (
        <p className="visually-hidden" role="status">
          Loading …
        </p>
      );
    case 'inside':
      return children;
    case 'unreachable':
      return <Failed error={error} onRetry={enter} />;
    default:
      return <Login hasPassword={state === 'login'} message={error?.message} />;
  }
}

function Login({ hasPassword, message }: { hasPassword: boolean; message: string | undefined }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isBusy, setBusy] = useState(false);
  const needsCode = useEntrance((state) => state.needsCode);
  async function run(way: () => Promise<void>) {
    setBusy(true);
    await way();
    setBusy(false);
  }
  return (
    <main className={styles.entrance}>
      <Form
        className={styles.card}
        onSubmit={() => run(() => login(password, code))}
        lead={
          <>
            <img src={icon} alt="" width={56} height={56} />
            <h1>Tonearm</h1>
          </>
        }
        isModal
      >
        {hasPassword ? (
          <>
            <input type="text" name="username" autoComplete="username" value="tonearm" readOnly hidden />
            <TextField
              name="password"
              label="Password"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              isRequired
            />
            {needsCode && (
              <TextField
                name="code"
                label="Code"
                hint="Of your authenticator app, or one of your recovery codes."
                autoComplete="one-time-code"
                value={code}
                onChange={setCode}
                isFocused
                isRequired
              />
            )}
            <Button type="submit" look="primary" isBusy={isBusy}>
              Log in
            </Button>
            {whyNoPasskeys() === undefined && (
              <Button icon="key" disabled={isBusy} onClick={() => void run(loginByPasskey)}>
                Log in with a passkey
              </Button>
            )}
          </>
        ) : (
          <p className={styles.text}>
            No password has been set yet. Open the link that Tonearm printed when it started, or run{' '}
            <code>nom password</code> on that machine, and come back.
          </p>
        )}
        {message && (
          <p role="alert" className={styles.message}>
            {message}
          </p>
        )}
      </Form>
    </main>
  );
}
