import { useRef, useState } from 'react';
import type { CalibrationView } from '../../src-main/library/calibration/contract';
import { ago, Badge, Button, count, moment, Panel } from '../ui';
import styles from './Calibration.module.css';
import { exportVersion, importFiles } from './calibration-actions';
import type { Previewed } from './use-calibration';
import { VersionPanel } from './VersionPanel';

interface VersionsProps {
  versions: readonly CalibrationView[];
  previewed: Previewed;
  onPreview(version: Previewed): void;
}

/** Every calibration that was made: none is lost, and any can be made active again. */
export function Versions({ versions, previewed, onPreview }: VersionsProps) {
  const [shown, show] = useState<number | undefined>();
  const isRaw = !versions.some(({ isActive }) => isActive);
  return (
    <>
      <Panel title="Versions" actions={<ImportButton />}>
        <ul className={styles.versions}>
          {versions.map((version) => (
            <li key={version.id}>
              <div>
                <h3>
                  Calibration {version.id} {version.isActive && <Badge tone="good">active</Badge>}
                </h3>
                <p className={styles.muted} title={moment(version.createdAt)}>
                  {version.source === 'imported' ? 'imported' : 'measured'} {ago(version.createdAt)} from{' '}
                  {count(version.librarySize, 'track')}
                  {version.note && ` · ${version.note}`}
                </p>
                {version.warning && <p className={styles.muted}>{version.warning}</p>}
              </div>
              <div className={styles.actions}>
                <Button onClick={() => show(version.id)} aria-label={`Details of calibration ${version.id}`}>
                  Details
                </Button>
                <Button
                  icon="copy"
                  onClick={() => void exportVersion(version.id)}
                  aria-label={`Export calibration ${version.id}`}
                >
                  Export
                </Button>
                <Button
                  look={previewed === version.id ? 'quiet' : 'plain'}
                  disabled={version.isActive}
                  onClick={() => onPreview(version.id)}
                  aria-label={`Preview calibration ${version.id}`}
                >
                  Preview
                </Button>
              </div>
            </li>
          ))}
          <li>
            <div>
              <h3>Raw scores {isRaw && <Badge tone="good">active</Badge>}</h3>
              <p className={styles.muted}>What the models say, without any calibration.</p>
            </div>
            <div className={styles.actions}>
              <Button disabled={isRaw} onClick={() => onPreview(null)} aria-label="Preview raw scores">
                Preview
              </Button>
            </div>
          </li>
        </ul>
      </Panel>
      {shown !== undefined && <VersionPanel id={shown} onClose={() => show(undefined)} />}
    </>
  );
}

function ImportButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        multiple
        hidden
        aria-label="Files of a calibration"
        onChange={({ target }) => {
          if (target.files?.length) void importFiles(target.files);
          target.value = '';
        }}
      />
      <Button icon="drop" onClick={() => input.current?.click()}>
        Import …
      </Button>
    </>
  );
}
