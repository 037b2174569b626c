import { useRef } from 'react';
import { goTo, hrefOf } from '../router';
import { Button, Empty, Icon, Loaded, Page, Panel } from '../ui';
import { PlaylistRow } from './PlaylistRow';
import styles from './Playlists.module.css';
import { openNsp } from './playlist-actions';
import { newPlaylist } from './playlists-store';
import { Templates } from './Templates';
import { usePlaylists } from './use-playlists';

/** The saved playlists, those to begin with, and the way to Navidrome's configuration. */
export function PlaylistsPage() {
  const playlists = usePlaylists();
  return (
    <Page
      title="Playlists"
      lead="Rules that Navidrome follows by itself: what fits tomorrow is in the list tomorrow."
      toolbar={<Toolbar />}
    >
      <Loaded of={playlists}>
        {({ playlists: all }) =>
          all.length === 0 ? (
            <Empty icon="playlist" title="No playlists yet">
              Build one from rules, or begin with one of the templates below.
            </Empty>
          ) : (
            <Panel title="Saved playlists">
              <ul className={styles.list}>
                {all.map((playlist) => (
                  <PlaylistRow key={playlist.id} playlist={playlist} />
                ))}
              </ul>
            </Panel>
          )
        }
      </Loaded>
      <Templates />
      <p className={styles.setUp}>
        <Icon name="key" />
        <span>
          Navidrome has to know Tonearm’s tags first.{' '}
          <a href={hrefOf({ screen: 'navidrome-config' })}>Set up Navidrome</a>
        </span>
      </p>
    </Page>
  );
}

function Toolbar() {
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon="drop" onClick={() => goTo({ screen: 'import' })}>
        Import …
      </Button>
      <Button icon="folder" onClick={() => file.current?.click()}>
        Open an .nsp file …
      </Button>
      <input
        ref={file}
        type="file"
        accept=".nsp"
        hidden
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) void openNsp(chosen);
          target.value = '';
        }}
      />
      <Button look="primary" icon="add" onClick={newPlaylist}>
        New playlist
      </Button>
    </>
  );
}
