import { useState } from 'react';
import type { AccountState } from '../../../src-main/platform/auth/contract';
import { api } from '../../api';
import { ago, attempt, Badge, Button, count, Panel } from '../../ui';
import styles from '../Settings.module.css';
import { drawQr } from './draw-qr';
import { NewAuthenticator, type Proposal } from './NewAuthenticator';
import { RecoveryCodes } from './RecoveryCodes';
import { refreshAccount } from './use-account';

/** Codes of an authenticator app beside the password, and what stands in for them. */
export function SecondFactor({ account }: { account: AccountState }) {
  const { hasPassword, authenticatorSince: since, recoveryCodesLeft: left } = account;
  const [proposal, setProposal] = useState<Proposal>();
  const [codes, setCodes] = useState<readonly string[]>();
  const propose = () =>
    attempt(async () => {
      const { secret, uri } = await api.auth.proposeAuthenticator({});
      setProposal({ secret, picture: await drawQr(uri) });
    });
  const show = (fresh: readonly string[]) => {
    setProposal(undefined);
    setCodes(fresh);
    void refreshAccount();
  };
  const renew = () => attempt(async () => show((await api.auth.renewRecoveryCodes({})).recoveryCodes));
  const remove = () =>
    attempt(
      () => api.auth.removeAuthenticator({}),
      () => {
        void refreshAccount();
        return 'The password alone opens the page again.';
      },
    );
  return (
    <Panel title="Second factor">
      <p className={styles.state}>
        <Badge tone={since ? 'good' : 'calm'}>{since ? 'on' : 'off'}</Badge>{' '}
        {since
          ? `A code of your authenticator app is asked for beside the password; it was switched on ${ago(since)}. ${count(left, 'recovery code is', 'recovery codes are')} left.`
          : 'With it, the password alone opens nothing: a code of an app on your phone is asked for too.'}
      </p>
      <div className={styles.pair}>
        {!since && (
          <Button icon="shield" disabled={!hasPassword} onClick={() => void propose()}>
            Set up an authenticator app …
          </Button>
        )}
        {since && <Button onClick={() => void renew()}>New recovery codes</Button>}
        {since && (
          <Button look="danger" onClick={() => void remove()}>
            Switch off
          </Button>
        )}
      </div>
      {!hasPassword && <p className={styles.muted}>Set a password first.</p>}
      {proposal && <NewAuthenticator proposal={proposal} onAdded={show} onClose={() => setProposal(undefined)} />}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </Panel>
  );
}
