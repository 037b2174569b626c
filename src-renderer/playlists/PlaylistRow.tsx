import { useState } from 'react';
import type { PlaylistView } from '../../src-main/discovery/playlists/saved/contract';
import { PUBLISHED, PublishDialog, useNavidromes, usePublicationsOf } from '../navidrome';
import { hrefOf } from '../router';
import { Badge, Button, count } from '../ui';
import { ExportDialog } from './ExportDialog';
import styles from './Playlists.module.css';
import { keepTracks } from './playlist-actions';
import { RemovePlaylist } from './RemovePlaylist';
import { useCount } from './use-playlists';

/** A saved playlist: its name, how many tracks it has now, and what can be done with it. */
export function PlaylistRow({ playlist }: { playlist: PlaylistView }) {
  const { id, name, kind, comment, files } = playlist;
  const [open, setOpen] = useState<'export' | 'publish' | 'remove' | null>(null);
  const tracks = useCount(id);
  const servers = useNavidromes();
  const published = usePublicationsOf(id).data ?? [];
  return (
    <li className={styles.row}>
      <div className={styles.rowWords}>
        <h3>{kind === 'smart' ? <a href={hrefOf({ screen: 'playlist', id })}>{name}</a> : name}</h3>
        {comment && <p className={styles.muted}>{comment}</p>}
      </div>
      <div className={styles.rowFacts}>
        {kind === 'static' && <Badge>Fixed tracks</Badge>}
        {files.length > 0 && <Badge tone="good">{count(files.length, 'file')}</Badge>}
        {published.map(({ connectionId, state }) => (
          <Badge key={connectionId} tone={PUBLISHED[state][0]}>
            {`${servers.find((server) => server.id === connectionId)?.name ?? 'A server'}: ${PUBLISHED[state][1]}`}
          </Badge>
        ))}
        <span className={styles.muted}>{tracks.data ? count(tracks.data.total, 'track') : ' '}</span>
      </div>
      <div className={styles.rowActions}>
        {kind === 'smart' && (
          <Button look="quiet" icon="copy" isIconOnly onClick={() => void keepTracks(id)}>
            {`Keep the tracks that ${name} has now`}
          </Button>
        )}
        {servers.length > 0 && (
          <Button look="quiet" icon="connections" isIconOnly onClick={() => setOpen('publish')}>
            {`Publish ${name} …`}
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
      {open === 'publish' && <PublishDialog connections={servers} playlistId={id} onClose={() => setOpen(null)} />}
      {open === 'remove' && (
        <RemovePlaylist playlist={playlist} publications={published} onClose={() => setOpen(null)} />
      )}
    </li>
  );
}
