import type { Connection } from '../../src-main/connections/contract';
import type { Publication } from '../../src-main/connections/publishing/contract';
import { ago, Badge, Button, Loaded, type Tone } from '../ui';
import styles from './Connections.module.css';
import { checkPublications } from './connection-actions';
import { usePublications } from './use-connections';

const STATES = {
  published: ['good', 'as published'],
  changed_there: ['warn', 'changed there'],
  gone: ['warn', 'deleted there'],
  failed: ['bad', 'failed'],
} as const satisfies Record<Publication['state'], readonly [Tone, string]>;
const HOW: Readonly<Record<Publication['how'], string>> = {
  smart: 'smart playlist',
  file: 'file',
  static: 'list of tracks',
};

/** The playlists of ours that are on a server. */
export function Published({ connection }: { connection: Connection }) {
  const publications = usePublications(connection.id);
  return (
    <section aria-label={`Playlists on ${connection.name}`}>
      <h3>Playlists put there</h3>
      <Loaded of={publications} lines={1}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles.muted}>None yet. Publish one from its own page.</p>
          ) : (
            <>
              <ul className={styles.libraries}>
                {items.map((publication) => (
                  <Line key={publication.playlistId} publication={publication} />
                ))}
              </ul>
              <Button icon="search" onClick={() => void checkPublications(connection)}>
                Look for changes there
              </Button>
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Line({ publication: { name, how, state, message, publishedAt } }: { publication: Publication }) {
  const [tone, text] = STATES[state];
  return (
    <li>
      <strong>{name}</strong> <Badge tone={tone}>{text}</Badge>
      <span className={styles.muted}>
        {' '}
        {HOW[how]}, {ago(publishedAt)}.{message && ` ${message}`}
      </span>
    </li>
  );
}
