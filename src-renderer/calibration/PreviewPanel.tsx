import { useState } from 'react';
import type { Preview } from '../../src-main/library/calibration/contract';
import { Button, count, Loaded, Panel, SwitchField } from '../ui';
import styles from './Calibration.module.css';
import { applyRawScores, applyVersion } from './calibration-actions';
import { MoodTable } from './MoodTable';
import { usePreview } from './use-calibration';

/** What a version would change, and the way to have it so. */
export function PreviewPanel({ version, onClose }: { version: number | null; onClose(): void }) {
  const preview = usePreview(version);
  const name = version === null ? 'raw scores' : `calibration ${version}`;
  return (
    <Panel
      title={`What ${name} would change`}
      actions={
        <Button icon="close" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div aria-live="polite" aria-busy={preview.isFetching}>
        <Loaded of={preview}>
          {(found) => (
            <div className={styles.preview}>
              <p>{sentenceOf(found)}</p>
              {found.changed > 0 && <MoodTable moods={found.moods} />}
              <Decision version={version} preview={found} onDone={onClose} />
            </div>
          )}
        </Loaded>
      </div>
    </Panel>
  );
}

function sentenceOf({ tracks, changed, files }: Preview): string {
  if (changed === 0) return `None of ${count(tracks, 'track')} would have other moods.`;
  const written = files === 0 ? 'No file would be written.' : `${count(files, 'file')} could be written.`;
  return `${count(changed, 'track')} of ${count(tracks, 'track')} would have other moods. ${written}`;
}

interface DecisionProps {
  version: number | null;
  preview: Preview;
  onDone(): void;
}

function Decision({ version, preview, onDone }: DecisionProps) {
  const [rewriteTags, setRewriteTags] = useState(true);
  const [isBusy, setBusy] = useState(false);
  async function apply() {
    setBusy(true);
    const isDone = await (version === null ? applyRawScores(rewriteTags) : applyVersion(version, rewriteTags));
    setBusy(false);
    if (isDone) onDone();
  }
  return (
    <div className={styles.decision}>
      <SwitchField
        label="Write the files whose moods change"
        hint={preview.files === 0 ? 'None of them holds tags of ours.' : 'Afterwards, as jobs that can be undone.'}
        isOn={rewriteTags}
        onChange={setRewriteTags}
      />
      <Button look="primary" icon="check" isBusy={isBusy} onClick={() => void apply()}>
        Apply
      </Button>
    </div>
  );
}
