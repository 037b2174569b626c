import { useState } from 'react';
import type { Connection } from '../../src-main/servers/connections/contract';
import { connectionStyles as styles } from '../connections';
import { Button, copyText, Loaded, SelectField } from '../ui';
import { saveScript } from './lidarr-actions';
import { useScript } from './use-lidarr';

type Shell = 'sh' | 'powershell';

/** A script for those whose Lidarr cannot use the webhook, with address and secret filled in. */
export function Scripts({ connection }: { connection: Connection }) {
  const [shell, setShell] = useState<Shell>('sh');
  const [isOpen, setOpen] = useState(false);
  const script = useScript(connection.id, shell, isOpen);
  return (
    <section aria-label={`Script for ${connection.name}`}>
      <h3>Script</h3>
      <p className={styles.muted}>
        In place of the webhook: Lidarr runs it under Settings → Connect → Custom Script. It holds a secret.
      </p>
      {!isOpen && <Button onClick={() => setOpen(true)}>Show the script</Button>}
      {isOpen && (
        <>
          <SelectField
            label="Lidarr runs on"
            value={shell}
            onChange={setShell}
            options={[
              ['sh', 'Linux, macOS or a container (sh)'],
              ['powershell', 'Windows (PowerShell)'],
            ]}
          />
          <Loaded of={script} lines={4}>
            {({ name, text }) => (
              <>
                <pre className={styles.script}>{text}</pre>
                <div className={styles.buttons}>
                  <Button onClick={() => void copyText(text, name)}>Copy it</Button>
                  <Button onClick={() => void saveScript(name, text)}>{`Save ${name}`}</Button>
                </div>
              </>
            )}
          </Loaded>
        </>
      )}
    </section>
  );
}
