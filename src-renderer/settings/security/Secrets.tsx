import type { AccountState } from '../../../src-main/platform/auth/contract';
import { Panel } from '../../ui';
import styles from '../Settings.module.css';

const HOW: Readonly<Record<AccountState['secrets']['scheme'], string>> = {
  os: 'They are encrypted with a key that the keyring of this system guards.',
  file: 'They are encrypted with secret.key in the data folder: whoever may read that file can open them.',
  phrase: 'They are encrypted with the phrase of TONEARM_SECRET_KEY.',
};

/** What guards the passwords of other servers. */
export function Secrets({ secrets: { scheme, warning } }: { secrets: AccountState['secrets'] }) {
  return (
    <Panel title="Passwords of other servers">
      <p className={styles.muted}>{warning ?? HOW[scheme]}</p>
    </Panel>
  );
}
