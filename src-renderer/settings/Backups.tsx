import { useState } from 'react';
import type { BackupView } from '../../src-main/platform/backups/contract';
import { api } from '../api';
import { ago, attempt, Badge, Button, Dialog, Loaded, moment, Panel } from '../ui';
import styles from './Settings.module.css';
import { refreshBackups, useBackups } from './use-settings';

const WHY: Readonly<Record<BackupView['reason'], string>> = {
  daily: 'Daily',
  manual: 'By hand',
  migration: 'Before a migration',
  update: 'Before an update',
};

/** Copies of the database: seen, made, removed, restored. */
export function Backups() {
  const backups = useBackups();
  const [chosen, choose] = useState<BackupView>();
  const [isMaking, setMaking] = useState(false);
  const make = async () => {
    setMaking(true);
    await attempt(
      () => api.backups.create({}),
      ({ name }) => {
        void refreshBackups();
        return `The backup ${name} was made and checked.`;
      },
    );
    setMaking(false);
  };
  return (
    <Panel
      title="Backups"
      actions={
        <Button isBusy={isMaking} onClick={() => void make()}>
          Back up now
        </Button>
      }
    >
      <p className={styles.muted}>
        Each day that something changed, and before anything risky, Tonearm copies its database and checks the copy: the
        analyses, the journal that undo needs, playlists and settings. Models are not in it, and neither is secret.key,
        which opens the passwords of other servers: keep a copy of that file elsewhere.
      </p>
      <Loaded of={backups} lines={3}>
        {({ items, folder }) =>
          items.length === 0 ? (
            <p className={styles.muted}>There is none yet. The first is made a few minutes after the start.</p>
          ) : (
            <>
              <ul className={styles.keys} aria-label="Backups">
                {items.map((backup) => (
                  <BackupRow key={backup.name} backup={backup} onRestore={() => choose(backup)} />
                ))}
              </ul>
              <p className={styles.muted}>
                In <code>{folder}</code>
              </p>
            </>
          )
        }
      </Loaded>
      {chosen && <RestoreDialog backup={chosen} onClose={() => choose(undefined)} />}
    </Panel>
  );
}

function BackupRow({ backup, onRestore }: { backup: BackupView; onRestore(): void }) {
  const when = moment(backup.createdAt);
  const remove = () =>
    attempt(
      () => api.backups.remove({ name: backup.name }),
      () => {
        void refreshBackups();
        return `The backup of ${when} was removed.`;
      },
    );
  return (
    <li>
      <div>
        <strong>{when}</strong> <Badge>{WHY[backup.reason]}</Badge>
        <p className={styles.muted}>
          {ago(backup.createdAt)}, {(backup.sizeBytes / 1e6).toFixed(1)} MB
        </p>
      </div>
      <div className={styles.pair}>
        <Button aria-label={`Restore the backup of ${when}`} onClick={onRestore}>
          Restore …
        </Button>
        <Button look="danger" aria-label={`Remove the backup of ${when}`} onClick={() => void remove()}>
          Remove
        </Button>
      </div>
    </li>
  );
}

function RestoreDialog({ backup, onClose }: { backup: BackupView; onClose(): void }) {
  const restore = () =>
    attempt(
      () => api.backups.restore({ name: backup.name }),
      ({ message }) => {
        onClose();
        return message;
      },
    );
  return (
    <Dialog
      title="Restore this backup?"
      onClose={onClose}
      onSubmit={restore}
      actions={
        <Button type="submit" look="primary">
          Restore and start again
        </Button>
      }
    >
      <p>
        Tonearm checks the backup of {moment(backup.createdAt)}, closes, puts it in the place of the present database
        and starts again. Running jobs are interrupted.
      </p>
      <p>
        What was done since then is not in it: analyses, settings, and what is needed to undo later changes of tags. The
        music files are not touched. The present database is kept beside it, so that you can go back.
      </p>
    </Dialog>
  );
}
