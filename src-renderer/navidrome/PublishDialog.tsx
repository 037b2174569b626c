import { useState } from 'react';
import type { Connection } from '../../src-main/servers/connections/contract';
import type { Publication, PublishHow } from '../../src-main/servers/publishing/contract';
import { connectionStyles as styles } from '../connections';
import { ago, Badge, Button, Dialog, Loaded, SelectField } from '../ui';
import { HOW, PUBLISHED } from './publication-words';
import { publish, unpublish } from './publish-actions';
import { useNavidrome, usePlaylists, usePublicationsOf } from './use-navidrome';

const WAYS: readonly (readonly [PublishHow, string])[] = [
  ['smart', 'As a smart playlist: it finds the tracks itself'],
  ['file', 'As a file in a library: it finds the tracks itself'],
  ['static', 'As the list of tracks that match now'],
];

interface PublishDialogProps {
  /** The servers to choose from; the first is chosen. */
  connections: readonly Connection[];
  /** The one to bring up to date; any to choose without. */
  playlistId?: number;
  how?: PublishHow;
  onClose(): void;
}

/** Puts a playlist on a server; asks before what someone changed there is replaced. */
export function PublishDialog({ connections, playlistId, how, onClose }: PublishDialogProps) {
  const playlists = usePlaylists();
  const [chosen, setChosen] = useState(playlistId ? String(playlistId) : '');
  const [server, setServer] = useState(String(connections[0].id));
  const [wish, setWish] = useState(how);
  const [library, setLibrary] = useState('');
  const [isChanged, setChanged] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const id = Number(chosen || playlists.data?.playlists[0]?.id || 0);
  const connection = connections.find((each) => String(each.id) === server) ?? connections[0];
  const known = usePublicationsOf(id).data?.find(({ connectionId }) => connectionId === connection.id);
  const isStatic = playlists.data?.playlists.find((each) => each.id === id)?.kind === 'static';
  const ways = isStatic ? WAYS.filter(([value]) => value === 'static') : WAYS;
  const way = isStatic ? 'static' : (wish ?? known?.how ?? 'smart');
  const name = connection.name;

  async function submit() {
    setBusy(true);
    const libraryId = way === 'file' && library !== '' ? Number(library) : undefined;
    const ended = await publish({ id, connectionId: connection.id, how: way, libraryId, overwrite: isChanged });
    setBusy(false);
    if (ended === 'done') onClose();
    setChanged(ended === 'changed_there');
  }

  return (
    <Dialog
      title={connections.length > 1 ? 'Publish' : `Publish on ${name}`}
      onClose={onClose}
      onSubmit={submit}
      actions={
        <Button type="submit" look={isChanged ? 'danger' : 'primary'} isBusy={isBusy} disabled={!id}>
          {isChanged ? 'Replace what was changed there' : known ? 'Publish again' : 'Publish'}
        </Button>
      }
    >
      <Loaded of={playlists} lines={2}>
        {({ playlists: all }) =>
          all.length === 0 ? (
            <p>There is no playlist yet. Save one first.</p>
          ) : (
            <SelectField
              label="Playlist"
              value={String(id)}
              options={all.map((playlist) => [String(playlist.id), playlist.name] as const)}
              onChange={(next) => {
                setChosen(next);
                setChanged(false);
              }}
            />
          )
        }
      </Loaded>
      {connections.length > 1 && (
        <SelectField
          label="Server"
          value={String(connection.id)}
          options={connections.map((each) => [String(each.id), each.name] as const)}
          onChange={(next) => {
            setServer(next);
            setLibrary('');
            setChanged(false);
          }}
        />
      )}
      <SelectField label="How" value={way} options={ways} onChange={setWish} />
      {way === 'file' && <LibraryField connection={connection} chosen={library} onChange={setLibrary} />}
      {known && <Known publication={known} name={name} onTakenOff={onClose} />}
      {isChanged && (
        <p role="alert">Someone changed it on {name} since it was published. Replacing loses that change.</p>
      )}
    </Dialog>
  );
}

interface LibraryFieldProps {
  connection: Connection;
  chosen: string;
  onChange(id: string): void;
}

/** Which of the libraries that the server sees gets the file. */
function LibraryField({ connection, chosen, onChange }: LibraryFieldProps) {
  const details = useNavidrome(connection.id, connection.state === 'ok');
  const seen = (details.data?.libraries ?? []).flatMap(({ ours }) => ours);
  if (!details.data) return null;
  if (seen.length === 0)
    return <p>{connection.name} sees no library of Tonearm, so a file would not be found there.</p>;
  return (
    <SelectField
      label="Library"
      value={chosen || String(seen[0].id)}
      options={seen.map(({ id, name }) => [String(id), name] as const)}
      onChange={onChange}
    />
  );
}

/** What is there already, and the way to take it off. */
function Known({ publication, name, onTakenOff }: { publication: Publication; name: string; onTakenOff(): void }) {
  const { state, how, publishedAt } = publication;
  const [tone, text] = PUBLISHED[state];
  return (
    <div className={styles.line}>
      <div>
        <Badge tone={tone}>{text}</Badge>
        <span className={styles.muted}>
          {' '}
          On {name} as {HOW[how]}, {ago(publishedAt)}.
        </span>
      </div>
      <Button
        icon="trash"
        look="danger"
        onClick={() => void unpublish(publication).then((isDone) => isDone && onTakenOff())}
      >
        Take it off
      </Button>
    </div>
  );
}
