import type { Connection } from '../../src-main/servers/connections/contract';
import type { NavidromeDetails as Details } from '../../src-main/servers/media-server/navidrome/contract';
import type { Rescan } from '../../src-main/servers/media-server/rescans/contract';
import { connectionStyles as styles, Warnings } from '../connections';
import { ago, Button, count, Loaded } from '../ui';
import { scanNavidrome } from './navidrome-actions';
import { Published } from './Published';
import { useNavidrome } from './use-navidrome';

/** What a Navidrome sees of the music, when it looked last, and what keeps tags from being seen there. */
export function NavidromeDetails({ connection }: { connection: Connection }) {
  const details = useNavidrome(connection.id, connection.state === 'ok');
  if (connection.state !== 'ok') return <Warnings texts={connection.warnings} />;
  return (
    <Loaded of={details} lines={2}>
      {(found) => (
        <div className={styles.details}>
          <Warnings texts={[...connection.warnings, ...found.warnings]} />
          <section aria-label={`Libraries of ${connection.name}`}>
            <h3>Libraries</h3>
            <Libraries libraries={found.libraries} />
          </section>
          <section aria-label={`Scans of ${connection.name}`}>
            <h3>Scans</h3>
            <p className={styles.muted}>{rescanWords(found.rescan, connection.options.rescanAfterTagging !== false)}</p>
            {found.isAdmin && (
              <div className={styles.buttons}>
                <Button icon="refresh" onClick={() => void scanNavidrome(connection, false)}>
                  Scan what is new
                </Button>
                <Button icon="refresh" onClick={() => void scanNavidrome(connection, true)}>
                  Scan everything
                </Button>
              </div>
            )}
          </section>
          <Published connection={connection} />
        </div>
      )}
    </Loaded>
  );
}

function Libraries({ libraries }: Pick<Details, 'libraries'>) {
  if (libraries.length === 0) return <p className={styles.muted}>It has none.</p>;
  return (
    <ul className={styles.libraries}>
      {libraries.map(({ id, name, path, ours }) => (
        <li key={id}>
          <strong>{name}</strong> {path && <code>{path}</code>}
          <span className={styles.muted}>
            {ours.length > 0 ? ` is ${ours.map((library) => library.name).join(' and ')} here` : ' is not known here'}
          </span>
        </li>
      ))}
    </ul>
  );
}

function rescanWords({ state, at, folders, message }: Rescan, isOn: boolean): string {
  const where = count(folders, 'folder');
  const more = message ? ` ${message}` : '';
  switch (state) {
    case 'waiting':
      return `${where} with new tags wait until it has ended the scan that runs.`;
    case 'scanning':
      return `It is looking at ${where} with new tags.${more}`;
    case 'done':
      return `It looked at ${where} with new tags ${ago(at)}.${more}`;
    case 'failed':
      return `It could not look at ${where} with new tags ${ago(at)}.${more}`;
    default:
      return isOn
        ? 'After tags were written it looks at their folders, once the queue has been quiet for half a minute.'
        : 'Tonearm starts no scans after tags were written.';
  }
}
