import { isWindow } from '../../api';
import { hrefOf } from '../../router';
import { Loaded, Page } from '../../ui';
import styles from '../Settings.module.css';
import { ActivityLog } from './ActivityLog';
import { ApiKeys } from './ApiKeys';
import { Passkeys } from './Passkeys';
import { Password } from './Password';
import { SecondFactor } from './SecondFactor';
import { Secrets } from './Secrets';
import { Sessions } from './Sessions';
import { useAccount } from './use-account';

/** How the log-in is guarded, who is in, and what was done or tried. */
export function SecurityPage() {
  const account = useAccount();
  return (
    <Page
      title="Security"
      lead={
        <>
          {isWindow
            ? 'This window needs no password; a browser and programs do. '
            : 'What could lock you out asks again who you are. '}
          <a href={hrefOf({ screen: 'settings' })}>Back to the settings</a>
        </>
      }
    >
      <Loaded of={account} lines={6}>
        {(state) => (
          <div className={styles.panels}>
            <Password hasPassword={state.hasPassword} />
            <SecondFactor account={state} />
            <Passkeys passkeys={state.passkeys} />
            <Sessions />
            <ApiKeys />
            <Secrets secrets={state.secrets} />
            <ActivityLog />
          </div>
        )}
      </Loaded>
    </Page>
  );
}
