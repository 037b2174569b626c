import type { TrackDetail } from '../../src-main/library/tracks/contract';
import { api, isWindow, queryClient } from '../api';
import { analyzeFiles, undoFile } from '../queue';
import { planWrite } from '../tagging';
import { attempt, Button, count, SwitchField } from '../ui';
import styles from './TrackPage.module.css';

export const refreshTrack = () => queryClient.invalidateQueries({ queryKey: [api.tracks.get.procedureName] });

/** What can be done with one track. */
export function TrackActions({ detail }: { detail: TrackDetail }) {
  const { track, analysis, proposed, history } = detail;
  const canUndo = history.some(({ state }) => state === 'written');
  const isGone = track.missingSince !== null;
  const isTooShort = track.status === 'skipped' && track.statusReason === 'too_short';
  return (
    <div className={styles.actions}>
      <Button
        look={proposed.length > 0 ? 'primary' : 'plain'}
        icon="pen"
        disabled={proposed.length === 0 || track.neverTouch || isGone}
        onClick={() => void writeTags(track.id)}
      >
        {proposed.length === 0 ? 'Nothing to write' : `Write ${count(proposed.length, 'change')}`}
      </Button>
      <Button
        icon="undo"
        disabled={!canUndo || isGone}
        onClick={() => void undoFile(track.absolutePath).then(refreshTrack)}
      >
        Undo last write
      </Button>
      <Button
        icon="retry"
        disabled={isGone || isTooShort}
        onClick={() => void analyzeFiles([track.absolutePath], true)}
      >
        {analysis === null ? 'Analyze now' : 'Analyze again'}
      </Button>
      {track.album !== '' && (
        <Button icon="pen" onClick={() => void planWrite({ of: 'album', track: track.id })}>
          Write the whole album …
        </Button>
      )}
      {isWindow && (
        <Button
          icon="folder"
          disabled={isGone}
          onClick={() => void attempt(() => api.shell.reveal({ trackId: track.id }))}
        >
          Show in folder
        </Button>
      )}
      <div className={styles.protect}>
        <SwitchField
          label="Never touch this file"
          isOn={track.neverTouch}
          onChange={(neverTouch) => void protect(track.id, neverTouch)}
        />
      </div>
    </div>
  );
}

const writeTags = (id: number) =>
  attempt(
    () => api.tagging.write({ id }),
    ({ written, changes }) => {
      void refreshTrack();
      return written
        ? `${count(changes, 'tag')} written. The sound itself is untouched.`
        : 'The file was as it should be.';
    },
  );

const protect = (id: number, neverTouch: boolean) =>
  attempt(
    () => api.tracks.neverTouch({ id, neverTouch }),
    () => {
      void refreshTrack();
      return neverTouch ? 'This file is never written now.' : 'This file may be written again.';
    },
  );
