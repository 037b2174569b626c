import { useState } from 'react';
import { api, isWindow } from '../api';
import { FolderField } from '../libraries';
import { hrefOf } from '../router';
import { attempt, Button, Form, Icon, SwitchField } from '../ui';
import styles from './Welcome.module.css';
import { choose, goToStep, useWelcome } from './welcome-store';

const PROMISES = [
  'The sound of a file is never altered.',
  'Every change is shown first, unless you choose otherwise, and can be undone, also after a restart.',
  'A crash, a power cut or a full disk leaves either the old file or the new one.',
];

/** Asks for the folder, and says what may happen to it. */
export function FolderStep() {
  const { folder, autoWrite, forAllPlayers } = useWelcome();
  const [isBusy, setBusy] = useState(false);

  async function submit() {
    setBusy(true);
    const isUsable = await attempt(() => api.libraries.check({ root_path: folder.trim() }));
    setBusy(false);
    if (isUsable) goToStep('quality');
  }
  return (
    <Form className={styles.step} onSubmit={submit}>
      <ul className={styles.promises}>
        {PROMISES.map((promise) => (
          <li key={promise}>
            <Icon name="shield" />
            {promise}
          </li>
        ))}
      </ul>
      <FolderField
        name="root_path"
        title="Choose a folder with music"
        value={folder}
        onChange={(path) => choose({ folder: path })}
        placeholder="/home/me/Music"
        hint={isWindow ? 'Or drop it anywhere on this window.' : 'A path on the machine that Tonearm runs on.'}
        isRequired
      />
      <SwitchField
        label="Write tags automatically"
        hint="Off: everything is analyzed, and you decide for each track. Every write can be undone."
        isOn={autoWrite}
        onChange={(isOn) => choose({ autoWrite: isOn })}
      />
      <SwitchField
        label="Write tags for all players"
        hint="Mood, tempo, key and gain also as MOOD, BPM, INITIALKEY and REPLAYGAIN, which Kodi, MPD, Quod Libet, beets and most others know. What a file already says stays. Off: only under Tonearm's own names, which Navidrome shows once it is set up."
        isOn={forAllPlayers}
        onChange={(isOn) => choose({ forAllPlayers: isOn })}
      />
      <div className={styles.buttons}>
        <Button type="submit" look="primary" isBusy={isBusy} disabled={folder.trim() === ''}>
          Next
        </Button>
        <a href={hrefOf({ screen: 'settings' })}>Restore from a backup</a>
      </div>
    </Form>
  );
}
