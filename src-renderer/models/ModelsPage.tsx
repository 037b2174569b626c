import { useState } from 'react';
import { isWindow } from '../api';
import { FolderField } from '../libraries';
import { Button, Dialog, Empty, Loaded, Page } from '../ui';
import { Backbone } from './Backbone';
import { backbonesOf } from './backbones';
import styles from './Models.module.css';
import { importModels, useModels } from './use-models';

/** The models: what is installed, and what can be had. */
export function ModelsPage() {
  const models = useModels();
  const [isImporting, setImporting] = useState(false);
  return (
    <Page
      title="Models"
      lead="They detect moods, voice and genre. Tempo, key and loudness need none."
      toolbar={
        <Button icon="folder" onClick={() => setImporting(true)}>
          Import from a folder …
        </Button>
      }
    >
      <Loaded of={models} lines={8}>
        {({ models: all, licence, publisher, unavailable }) => (
          <>
            {unavailable && (
              <p className={styles.warning} role="note">
                {unavailable}
              </p>
            )}
            {all.length === 0 ? (
              <Empty icon="models" title="No models yet">
                Import a folder with ONNX models, and they are listed here.
              </Empty>
            ) : (
              backbonesOf(all).map((backbone) => (
                <Backbone key={backbone.name} backbone={backbone} licence={licence} publisher={publisher} />
              ))
            )}
          </>
        )}
      </Loaded>
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </Page>
  );
}

function ImportDialog({ onClose }: { onClose(): void }) {
  const [folder, setFolder] = useState('');
  const [isBusy, setBusy] = useState(false);
  async function submit() {
    setBusy(true);
    const isDone = await importModels(folder.trim());
    setBusy(false);
    if (isDone) onClose();
  }
  return (
    <Dialog
      title="Import models"
      onClose={onClose}
      onSubmit={submit}
      actions={
        <Button type="submit" look="primary" isBusy={isBusy} disabled={folder.trim() === ''}>
          Import
        </Button>
      }
    >
      <FolderField
        name="folder"
        label="Folder with ONNX models"
        hint={isWindow ? 'They are copied.' : 'A path on the machine that Tonearm runs on. They are copied.'}
        value={folder}
        onChange={setFolder}
        isRequired
      />
    </Dialog>
  );
}
