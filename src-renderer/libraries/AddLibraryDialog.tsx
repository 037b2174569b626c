import { useState } from 'react';
import type { WriteMode } from '../../src-main/library/libraries/contract';
import { isWindow } from '../api';
import { Button, Dialog, SelectField, SwitchField } from '../ui';
import { FolderField } from './FolderField';
import { addLibrary } from './library-actions';
import { WRITE_MODES } from './write-modes';

/** Asks which folder to add and what may happen to its files. */
export function AddLibraryDialog({ onClose }: { onClose(): void }) {
  const [path, setPath] = useState('');
  const [writeMode, setWriteMode] = useState<WriteMode>('full');
  const [autoWrite, setAutoWrite] = useState(false);
  const [isBusy, setBusy] = useState(false);

  async function submit() {
    setBusy(true);
    const isAdded = await addLibrary({ root_path: path.trim(), writeMode, autoWrite });
    setBusy(false);
    if (isAdded) onClose();
  }

  return (
    <Dialog
      title="Add a folder with music"
      onClose={onClose}
      onSubmit={submit}
      actions={
        <Button type="submit" look="primary" isBusy={isBusy} disabled={path.trim() === ''}>
          Add and look for music
        </Button>
      }
    >
      <FolderField
        name="root_path"
        title="Choose a folder with music"
        value={path}
        onChange={setPath}
        placeholder="/home/me/Music"
        hint={isWindow ? undefined : 'A path on the machine that Tonearm runs on, not on this one.'}
        isRequired
      />
      <SelectField
        name="writeMode"
        label="What is written into its files"
        value={writeMode}
        options={WRITE_MODES}
        onChange={(mode) => setWriteMode(mode)}
      />
      <SwitchField
        name="autoWrite"
        label="Write tags automatically"
        hint="Off: everything is analyzed, and you decide for each track. Every write can be undone."
        isOn={autoWrite}
        onChange={setAutoWrite}
      />
    </Dialog>
  );
}
