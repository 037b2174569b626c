import { useState } from 'react';
import type { PlaylistView } from '../../src-main/discovery/playlists/saved/contract';
import { api, useCall } from '../api';
import { FolderField } from '../libraries';
import { Button, copyText, Dialog, Loaded, SelectField } from '../ui';
import styles from './Playlists.module.css';
import { saveText, writePlaylist } from './playlist-actions';

type Format = 'nsp' | 'm3u';
const FORMATS = [
  ['nsp', 'Rules for Navidrome (.nsp)'],
  ['m3u', 'The tracks of now, for every player (.m3u8)'],
] as const;

/** A playlist as a file: to copy, to download, or to be written into a folder. */
export function ExportDialog({ playlist, onClose }: { playlist: PlaylistView; onClose(): void }) {
  const { id, name, kind } = playlist;
  const [format, setFormat] = useState<Format>(kind === 'static' ? 'm3u' : 'nsp');
  const [folder, setFolder] = useState('');
  const exported = useCall(api.playlists.export, { id, format });
  return (
    <Dialog
      title={`Export ${name}`}
      onClose={onClose}
      closeLabel="Close"
      onSubmit={() => writePlaylist(id, folder.trim(), format).then((isDone) => isDone && onClose())}
      actions={
        <Button type="submit" look="primary" disabled={folder.trim() === ''}>
          Write into the folder
        </Button>
      }
    >
      <SelectField
        label="As"
        value={format}
        options={kind === 'static' ? FORMATS.slice(1) : FORMATS}
        onChange={setFormat}
      />
      <Loaded of={exported}>
        {({ fileName, content }) => (
          <>
            <textarea className={styles.code} aria-label="Content of the file" readOnly rows={8} value={content} />
            <div className={styles.buttons}>
              <Button icon="copy" onClick={() => void copyText(content, 'The content')}>
                Copy
              </Button>
              <Button icon="drop" onClick={() => void saveText(fileName, content)}>
                Save …
              </Button>
            </div>
          </>
        )}
      </Loaded>
      <FolderField
        name="folder"
        hint="Inside a library, so that Navidrome finds it, or in the folder that the settings name."
        value={folder}
        onChange={setFolder}
      />
    </Dialog>
  );
}
