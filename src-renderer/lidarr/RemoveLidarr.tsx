import { useState } from 'react';
import type { RemovalProps } from '../connections';
import { RemovalDialog, SwitchField } from '../ui';
import { disconnectLidarr } from './lidarr-actions';
import { useLidarr } from './use-lidarr';

/** Forgets a Lidarr; our webhook is taken out of it first, unless it shall stay. */
export function RemoveLidarr({ connection, onClose }: RemovalProps) {
  const state = useLidarr(connection.id);
  const [isWanted, setWanted] = useState(true);
  const isInstalled = Boolean(state.data?.installedUrl);
  return (
    <RemovalDialog
      title={`Remove ${connection.name}?`}
      action="Forget it and its key"
      remove={() => disconnectLidarr(connection, isInstalled && isWanted)}
      onClose={onClose}
    >
      <p>
        Tonearm no longer talks to <code>{connection.url}</code>, and no longer takes what it tells. Its folders and its
        events are forgotten; no file is touched.
      </p>
      {isInstalled && (
        <SwitchField
          label="Remove Tonearm’s webhook from Lidarr too"
          hint="Left there, Lidarr goes on calling and is refused."
          isOn={isWanted}
          onChange={setWanted}
        />
      )}
    </RemovalDialog>
  );
}
