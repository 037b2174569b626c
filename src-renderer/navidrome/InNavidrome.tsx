import { useState } from 'react';
import type { Connection } from '../../src-main/servers/connections/contract';
import type { Inspection } from '../../src-main/servers/media-server/navidrome/contract';
import { api } from '../api';
import { connectionStyles as styles } from '../connections';
import type { TrackPanelProps } from '../tracks';
import { attempt, Badge, Button, Panel, type Tone } from '../ui';
import { useNavidromes } from './use-navidrome';

const STAGES = {
  visible: ['good', 'visible'],
  not_scanned: ['warn', 'not scanned since'],
  not_configured: ['warn', 'not in its configuration'],
  not_read: ['bad', 'not read'],
} as const satisfies Record<Inspection['tags'][number]['stage'], readonly [Tone, string]>;

/** How far the tags of a track came in each Navidrome, and what keeps them from being seen. */
export function InNavidrome({ detail: { track } }: TrackPanelProps) {
  const navidromes = useNavidromes();
  if (navidromes.length === 0) return null;
  return (
    <Panel title="In Navidrome">
      <div className={styles.details}>
        {navidromes.map((connection) => (
          <OneServer key={connection.id} connection={connection} trackId={track.id} />
        ))}
      </div>
    </Panel>
  );
}

function OneServer({ connection: { id, name }, trackId }: { connection: Connection; trackId: number }) {
  const [found, setFound] = useState<Inspection>();
  const [isBusy, setBusy] = useState(false);
  async function inspect() {
    setBusy(true);
    await attempt(async () => setFound(await api.navidrome.inspect({ id, trackId })));
    setBusy(false);
  }
  return (
    <section aria-label={`Tags in ${name}`}>
      <Button icon="search" isBusy={isBusy} onClick={() => void inspect()}>
        {`Are the tags visible in ${name}?`}
      </Button>
      {found && <Found inspection={found} name={name} />}
    </section>
  );
}

function Found({ inspection: { findings, tags }, name }: { inspection: Inspection; name: string }) {
  return (
    <>
      {findings.length === 0 ? (
        <p>All of them are.</p>
      ) : (
        <ul className={styles.warnings} aria-label={`What is the matter in ${name}`}>
          {findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      )}
      <ul className={styles.libraries}>
        {tags.map(({ key, field, stage }) => (
          <li key={key}>
            <code>{key}</code> <Badge tone={STAGES[stage][0]}>{STAGES[stage][1]}</Badge>
            {field && <span className={styles.muted}> as {field}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
