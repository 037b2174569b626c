import { useState } from 'react';
import type { Connection } from '../../src-main/servers/connections/contract';
import type { Publication } from '../../src-main/servers/publishing/contract';
import { connectionStyles as styles } from '../connections';
import { ago, Badge, Button, Loaded, RemovalDialog } from '../ui';
import { checkPublications } from './navidrome-actions';
import { PublishDialog } from './PublishDialog';
import { HOW, PUBLISHED } from './publication-words';
import { unpublish } from './publish-actions';
import { usePublications } from './use-navidrome';

/** The playlists of ours that are on a server, and the way to put more there. */
export function Published({ connection }: { connection: Connection }) {
  const publications = usePublications(connection.id);
  const [isPublishing, setPublishing] = useState(false);
  return (
    <section aria-label={`Playlists on ${connection.name}`}>
      <h3>Published playlists</h3>
      <Loaded of={publications} lines={1}>
        {(items) => (
          <>
            {items.length === 0 && <p className={styles.muted}>None yet.</p>}
            <ul className={styles.libraries}>
              {items.map((publication) => (
                <Line key={publication.playlistId} publication={publication} connection={connection} />
              ))}
            </ul>
            <div className={styles.buttons}>
              <Button icon="add" onClick={() => setPublishing(true)}>
                Publish a playlist …
              </Button>
              {items.length > 0 && (
                <Button icon="search" onClick={() => void checkPublications(connection)}>
                  Look for changes there
                </Button>
              )}
            </div>
          </>
        )}
      </Loaded>
      {isPublishing && <PublishDialog connections={[connection]} onClose={() => setPublishing(false)} />}
    </section>
  );
}

function Line({ publication, connection }: { publication: Publication; connection: Connection }) {
  const { playlistId, name, how, state, message, publishedAt } = publication;
  const [open, setOpen] = useState<'publish' | 'remove'>();
  const close = () => setOpen(undefined);
  const [tone, text] = PUBLISHED[state];
  return (
    <li className={styles.line}>
      <div>
        <strong>{name}</strong> <Badge tone={tone}>{text}</Badge>
        <span className={styles.muted}>
          {' '}
          {HOW[how]}, {ago(publishedAt)}.{message && ` ${message}`}
        </span>
      </div>
      <Button icon="refresh" look="quiet" isIconOnly onClick={() => setOpen('publish')}>
        {`Publish ${name} again …`}
      </Button>
      <Button icon="trash" look="quiet" isIconOnly onClick={() => setOpen('remove')}>
        {`Take ${name} off ${connection.name} …`}
      </Button>
      {open === 'publish' && (
        <PublishDialog connections={[connection]} playlistId={playlistId} how={how} onClose={close} />
      )}
      {open === 'remove' && <TakeOffDialog publication={publication} connection={connection} onClose={close} />}
    </li>
  );
}

interface TakeOffDialogProps {
  publication: Publication;
  connection: Connection;
  onClose(): void;
}

function TakeOffDialog({ publication, connection, onClose }: TakeOffDialogProps) {
  return (
    <RemovalDialog
      title={`Take ${publication.name} off ${connection.name}?`}
      action="Take it off"
      closeLabel="Keep it there"
      remove={() => unpublish(publication)}
      onClose={onClose}
    >
      <p>
        The playlist is deleted there and stays in Tonearm.
        {publication.state === 'changed_there' && ' What someone changed in it there is lost.'}
      </p>
    </RemovalDialog>
  );
}
