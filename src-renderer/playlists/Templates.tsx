import { goTo } from '../router';
import { Button, Loaded, Panel } from '../ui';
import styles from './Playlists.module.css';
import { draftFrom } from './playlists-store';
import { useTemplates } from './use-playlists';

/** Playlists to begin with; those that ask for something that no model here tells are left out. */
export function Templates() {
  const templates = useTemplates();
  return (
    <Loaded of={templates} lines={2}>
      {({ templates: ready }) => (
        <Panel title="Templates">
          {ready.length === 0 ? (
            <p className={styles.muted}>They appear once your library was analyzed with a model.</p>
          ) : (
            <ul className={styles.cards}>
              {ready.map(({ template_id, name, description, playlist }) => (
                <li key={template_id} className={styles.card}>
                  <h3>{name}</h3>
                  <p className={styles.muted}>{description}</p>
                  <Button
                    onClick={() => {
                      draftFrom(playlist);
                      goTo({ screen: 'playlist', id: 'new' });
                    }}
                  >
                    <span>
                      Use<span className="visually-hidden"> {name}</span>
                    </span>
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      )}
    </Loaded>
  );
}
