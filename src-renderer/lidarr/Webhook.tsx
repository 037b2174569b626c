import { useState } from 'react';
import type { LidarrState, WebhookAddress } from '../../src-main/servers/arr/lidarr/contract';
import type { Connection } from '../../src-main/servers/connections/contract';
import { connectionStyles as styles } from '../connections';
import { ago, Badge, Button, copyText, SelectField } from '../ui';
import { installWebhook, uninstallWebhook } from './lidarr-actions';

const FROM: Readonly<Record<WebhookAddress['from'], string>> = {
  this_machine: 'from this machine',
  container: 'from a container of Docker Desktop',
  network: 'over the network',
};

/** Where Lidarr calls us, and the one click that has it do so. */
export function Webhook({ connection, state }: { connection: Connection; state: LidarrState }) {
  const { urls, installedUrl } = state;
  const first = installedUrl ?? urls.find(({ isRecommended }) => isRecommended)?.url ?? urls[0].url;
  const [chosen, setChosen] = useState(first);
  const [isBusy, setBusy] = useState(false);
  const url = urls.find((each) => each.url === chosen);
  async function install() {
    setBusy(true);
    await installWebhook(connection.id, chosen);
    setBusy(false);
  }
  return (
    <section aria-label={`Webhook of ${connection.name}`}>
      <h3>Webhook</h3>
      <p>
        <Receipt state={state} />
      </p>
      <SelectField
        label="Lidarr reaches Tonearm"
        value={chosen}
        onChange={setChosen}
        options={optionsOf(urls, installedUrl)}
        hint={url && !url.isReachable ? UNREACHABLE : undefined}
      />
      <div className={styles.buttons}>
        <Button icon="check" look="primary" isBusy={isBusy} onClick={() => void install()}>
          {installedUrl ? 'Update webhook' : 'Add webhook'}
        </Button>
        <Button onClick={() => void copyText(chosen, 'The address')}>Copy the address</Button>
        {installedUrl && (
          <Button icon="trash" onClick={() => void uninstallWebhook(connection.id)}>
            Remove it from Lidarr
          </Button>
        )}
      </div>
    </section>
  );
}

const UNREACHABLE =
  'Tonearm can be reached from this machine alone. Start it with --listen 0.0.0.0 and a password to be reached over the network.';

function Receipt({ state: { verifiedAt, installedUrl, instanceName } }: { state: LidarrState }) {
  if (verifiedAt) {
    return (
      <>
        <Badge tone="good" icon="check">
          working
        </Badge>{' '}
        <span className={styles.muted}>
          {instanceName ?? 'Lidarr'} told something {ago(verifiedAt)}.
        </span>
      </>
    );
  }
  return <Badge>{installedUrl ? 'added, nothing received yet' : 'not added yet'}</Badge>;
}

function optionsOf(urls: readonly WebhookAddress[], installed: string | null): (readonly [string, string])[] {
  const known = urls.map(({ url, from, isRecommended }) => {
    return [url, `${FROM[from]}: ${url}${isRecommended ? ' (recommended)' : ''}`] as const;
  });
  const isKnown = installed === null || urls.some(({ url }) => url === installed);
  return isKnown ? known : [...known, [installed, `as it was added: ${installed}`]];
}
