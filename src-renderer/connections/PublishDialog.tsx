import { useState } from 'react';
import type { Connection } from '../../src-main/connections/contract';
import type { PublishHow } from '../../src-main/connections/publishing/contract';
import { Button, Dialog, Loaded, SelectField } from '../ui';
import { publish } from './publish-actions';
import { usePlaylists } from './use-connections';

const WAYS: readonly (readonly [PublishHow, string])[] = [
  ['smart', 'As a smart playlist: it finds the tracks itself'],
  ['file', 'As a file in a library: it finds the tracks itself'],
  ['static', 'As the list of tracks that match now'],
];

interface PublishDialogProps {
  connection: Connection;
  /** The one to bring up to date; any to choose without. */
  playlistId?: number;
  how?: PublishHow;
  onClose(): void;
}

/** Puts a playlist on a server; asks before what someone changed there is replaced. */
export function PublishDialog({ connection, playlistId, how = 'smart', onClose }: PublishDialogProps) {
  const playlists = usePlaylists();
  const [chosen, setChosen] = useState(playlistId ? String(playlistId) : '');
  const [way, setWay] = useState(how);
  const [isChanged, setChanged] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const id = Number(chosen || playlists.data?.playlists[0]?.id);

  async function submit() {
    setBusy(true);
    const ended = await publish({ id, connectionId: connection.id, how: way, overwrite: isChanged });
    setBusy(false);
    if (ended === 'done') onClose();
    setChanged(ended === 'changed_there');
  }

  return (
    <Dialog
      title={`Publish on ${connection.name}`}
      onClose={onClose}
      onSubmit={() => void submit()}
      actions={
        <Button type="submit" look={isChanged ? 'danger' : 'primary'} isBusy={isBusy} disabled={!id}>
          {isChanged ? 'Replace what was changed there' : 'Publish'}
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
      <SelectField label="How" value={way} options={WAYS} onChange={setWay} />
      {isChanged && (
        <p role="alert">Someone changed it on {connection.name} since it was published. Replacing loses that change.</p>
      )}
    </Dialog>
  );
}
