import { useState } from 'react';
import type { PlaylistView } from '../../src-main/playlists/saved/saved-contract';
import { hrefOf } from '../frame/location';
import { Badge, Button, count, Dialog } from '../ui';
import { ExportDialog } from './ExportDialog';
import styles from './Playlists.module.css';
import { keepTracks, removePlaylist } from './playlist-actions';
import { useCount } from './use-playlists';

/** A saved playlist: its name, how many tracks it has now, and what can be done with it. */
export function PlaylistRow({ playlist }: { playlist: PlaylistView }) {
  const { id, name, kind, comment, files } = playlist;
  const [open, setOpen] = useState<'export' | 'remove' | null>(null);
  const tracks = useCount(id);
  return (
    <li className={styles.row}>
      <div className={styles.rowWords}>
        <h3>{kind === 'smart' ? <a href={hrefOf({ screen: 'playlist', id })}>{name}</a> : name}</h3>
        {comment && <p className={styles.muted}>{comment}</p>}
      </div>
      <div className={styles.rowFacts}>
        {kind === 'static' && <Badge>Fixed tracks</Badge>}
        {files.length > 0 && <Badge tone="good">{count(files.length, 'file')}</Badge>}
        <span className={styles.muted}>{tracks.data ? count(tracks.data.total, 'track') : ' '}</span>
      </div>
      <div className={styles.rowActions}>
        {kind === 'smart' && (
          <Button look="quiet" icon="copy" isIconOnly onClick={() => void keepTracks(id)}>
            {`Keep the tracks that ${name} has now`}
          </Button>
        )}
        <Button look="quiet" icon="drop" isIconOnly onClick={() => setOpen('export')}>
          {`Export ${name}`}
        </Button>
        <Button look="quiet" icon="trash" isIconOnly onClick={() => setOpen('remove')}>
          {`Delete ${name}`}
        </Button>
      </div>
      {open === 'export' && <ExportDialog playlist={playlist} onClose={() => setOpen(null)} />}
      {open === 'remove' && (
        <Dialog
          title={`Delete ${name}?`}
          onClose={() => setOpen(null)}
          onSubmit={() => void removePlaylist(id, name).then(() => setOpen(null))}
          actions={
            <Button type="submit" look="danger" icon="trash">
              Delete
            </Button>
          }
        >
          <p>Files that Tonearm wrote for it go too, unless someone edited them. No track is touched.</p>
        </Dialog>
      )}
    </li>
  );
}
