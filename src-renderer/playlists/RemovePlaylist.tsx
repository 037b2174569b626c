import { useState } from 'react';
import type { PlaylistView } from '../../src-main/discovery/playlists/saved/contract';
import type { Publication } from '../../src-main/servers/publishing/contract';
import { unpublish } from '../navidrome';
import { Button, count, Dialog, SwitchField } from '../ui';
import { removePlaylist } from './playlist-actions';

interface RemovePlaylistProps {
  playlist: PlaylistView;
  publications: readonly Publication[];
  onClose(): void;
}

/** Deletes a playlist, and what was put of it on servers unless that shall stay. */
export function RemovePlaylist({ playlist: { id, name }, publications, onClose }: RemovePlaylistProps) {
  const [isEverywhere, setEverywhere] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const isChanged = publications.some(({ state }) => state === 'changed_there');

  async function remove() {
    setBusy(true);
    // What a server does not delete keeps the playlist here, so that it can be tried again.
    for (const publication of isEverywhere ? publications : []) {
      if (!(await unpublish(publication))) return setBusy(false);
    }
    if (await removePlaylist(id, name)) onClose();
    setBusy(false);
  }

  return (
    <Dialog
      title={`Delete ${name}?`}
      onClose={onClose}
      onSubmit={remove}
      actions={
        <Button type="submit" look="danger" icon="trash" isBusy={isBusy}>
          Delete
        </Button>
      }
    >
      <p>Files that Tonearm wrote for it go too, unless someone edited them. No track is touched.</p>
      {publications.length > 0 && (
        <SwitchField
          label={`Delete it on ${count(publications.length, 'server')} too`}
          hint={
            isChanged
              ? 'What someone changed in it there is lost.'
              : 'Left there, it stays as it is, and Tonearm no longer knows that it is its own.'
          }
          isOn={isEverywhere}
          onChange={setEverywhere}
        />
      )}
    </Dialog>
  );
}
