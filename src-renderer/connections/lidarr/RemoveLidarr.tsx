import { useState } from 'react';
import type { Connection } from '../../../src-main/connections/contract';
import { Button, Dialog, SwitchField } from '../../ui';
import { disconnectLidarr } from './lidarr-actions';
import { useLidarr } from './use-lidarr';

interface RemoveLidarrProps {
  connection: Connection;
  onClose(): void;
}

/** Forgets a Lidarr; our webhook is taken out of it first, unless it shall stay. */
export function RemoveLidarr({ connection, onClose }: RemoveLidarrProps) {
  const state = useLidarr(connection.id);
  const [isWanted, setWanted] = useState(true);
  const isInstalled = Boolean(state.data?.installedUrl);
  const remove = () => disconnectLidarr(connection, isInstalled && isWanted);
  return (
    <Dialog
      title={`Remove ${connection.name}?`}
      onClose={onClose}
      closeLabel="Keep it"
      actions={
        <Button look="danger" onClick={() => void remove().then((isDone) => isDone && onClose())}>
          Forget it and its key
        </Button>
      }
    >
      <p>
        Tonearm no longer talks to <code>{connection.url}</code>, and no longer takes what it tells.
      </p>
      {isInstalled && (
        <SwitchField
          label="Remove Tonearm’s webhook from Lidarr too"
          hint="Left there, Lidarr goes on calling and is refused."
          isOn={isWanted}
          onChange={setWanted}
        />
      )}
    </Dialog>
  );
}
