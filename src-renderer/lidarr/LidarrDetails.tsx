import type { LidarrState } from '../../src-main/servers/arr/lidarr/contract';
import type { Connection } from '../../src-main/servers/connections/contract';
import { connectionStyles as styles, Warnings } from '../connections';
import { ago, Badge, Loaded } from '../ui';
import { Events } from './Events';
import { Mappings } from './Mappings';
import { Scripts } from './Scripts';
import { useLidarr } from './use-lidarr';
import { Webhook } from './Webhook';

/** How a Lidarr and Tonearm work together: the webhook, the folders of both, and the recent events. */
export function LidarrDetails({ connection }: { connection: Connection }) {
  const state = useLidarr(connection.id);
  return (
    <Loaded of={state} lines={3}>
      {(found) => (
        <div className={styles.details}>
          <Warnings
            texts={[...connection.warnings, ...found.problems.map(({ message }) => `Lidarr says: ${message}`)]}
          />
          <Webhook connection={connection} state={found} />
          <Mappings connection={connection} />
          <Incoming incoming={found.incoming} />
          <Events connection={connection} caughtUpAt={found.caughtUpAt} />
          <Scripts connection={connection} />
        </div>
      )}
    </Loaded>
  );
}

function Incoming({ incoming }: Pick<LidarrState, 'incoming'>) {
  if (incoming.length === 0) return null;
  return (
    <section aria-label="Albums on their way">
      <h3>On their way</h3>
      <ul className={styles.libraries}>
        {incoming.map(({ downloadId, title, grabbedAt, failure }) => (
          <li key={downloadId}>
            <strong>{title}</strong> {failure && <Badge tone="warn">failed</Badge>}
            <span className={styles.muted}> {failure ?? `since ${ago(grabbedAt)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
