import { isWindow } from '../api';
import { hrefOf } from '../frame/location';
import { FolderField } from '../libraries/FolderField';
import { Button, Icon, SwitchField } from '../ui';
import styles from './Welcome.module.css';
import { choose, goToStep, useWelcome } from './welcome-store';

const PROMISES = [
  'The sound of a file is never altered.',
  'Every change is shown first, unless you choose otherwise, and can be undone, also after a restart.',
  'A crash, a power cut or a full disk leaves either the old file or the new one.',
];

/** Asks for the folder, and says what may happen to it. */
export function FolderStep() {
  const { folder, autoWrite } = useWelcome();
  return (
    <form
      className={styles.step}
      onSubmit={(event) => {
        event.preventDefault();
        goToStep('closeness');
      }}
    >
      <ul className={styles.promises}>
        {PROMISES.map((promise) => (
          <li key={promise}>
            <Icon name="shield" />
            {promise}
          </li>
        ))}
      </ul>
      <FolderField
        title="Choose a folder with music"
        value={folder}
        onChange={(path) => choose({ folder: path })}
        placeholder="/home/me/Music"
        hint={isWindow ? 'Or drop it anywhere on this window.' : 'A path on the machine that Tonearm runs on.'}
        isRequired
      />
      <SwitchField
        label="Write by itself"
        hint="Off: everything is listened to, and you decide for each track. Every write can be undone."
        isOn={autoWrite}
        onChange={(isOn) => choose({ autoWrite: isOn })}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" disabled={folder.trim() === ''}>
          Next
        </Button>
        <a href={hrefOf({ screen: 'settings' })}>Restore from a backup</a>
      </div>
    </form>
  );
}
