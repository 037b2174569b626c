import { useState } from 'react';
import type { Library } from '../../src-main/library/libraries/contract';
import { planWrite } from '../tagging';
import { ago, Badge, Button, count, moment, Progress } from '../ui';
import styles from './LibrariesBar.module.css';
import { LibraryDialog } from './LibraryDialog';
import { cancelScan, scanLibrary } from './library-actions';
import { useScanProgress } from './use-libraries';

/** The library folders side by side, each with its state and what can be done with it. */
export function LibrariesBar({ libraries }: { libraries: readonly Library[] }) {
  const [openId, setOpenId] = useState<number>();
  const open = libraries.find(({ id }) => id === openId);
  return (
    <>
      <ul className={styles.bar} aria-label="Libraries">
        {libraries.map((library) => (
          <LibraryCard key={library.id} library={library} onOpen={() => setOpenId(library.id)} />
        ))}
      </ul>
      {open && <LibraryDialog library={open} onClose={() => setOpenId(undefined)} />}
    </>
  );
}

function LibraryCard({ library, onOpen }: { library: Library; onOpen(): void }) {
  const isScanning = library.state === 'scanning';
  return (
    <li className={styles.card}>
      <div className={styles.words}>
        <h2 className={styles.name}>
          {library.name} <State library={library} />
        </h2>
        {isScanning ? (
          <ScanLine library={library} />
        ) : (
          <p className={styles.facts} title={`Last scanned: ${moment(library.lastScanAt)}`}>
            {library.state === 'pending' && library.lastScanAt === null ? (
              'not scanned yet'
            ) : (
              <Facts library={library} />
            )}
          </p>
        )}
        {library.stateMessage && <p className={styles.message}>{library.stateMessage}</p>}
        {library.passedOver && <p className={styles.message}>{library.passedOver}</p>}
      </div>
      <div className={styles.actions}>
        {library.state === 'guarded' && (
          <Button onClick={() => void scanLibrary(library, true)}>The files are gone indeed</Button>
        )}
        {isScanning ? (
          <Button look="quiet" icon="close" isIconOnly onClick={() => void cancelScan(library)}>
            {`Stop the scan of ${library.name}`}
          </Button>
        ) : (
          <Button look="quiet" icon="refresh" isIconOnly onClick={() => void scanLibrary(library)}>
            {`Scan ${library.name}`}
          </Button>
        )}
        {library.trackCount > 0 && (
          <Button
            look="quiet"
            icon="pen"
            isIconOnly
            onClick={() => void planWrite({ of: 'library', library: library.id })}
          >
            {`Write tags of ${library.name} …`}
          </Button>
        )}
        <Button look="quiet" icon="settings" isIconOnly onClick={onOpen}>
          {`Settings of ${library.name}`}
        </Button>
      </div>
    </li>
  );
}

function Facts({ library }: { library: Library }) {
  return (
    <>
      {count(library.trackCount, 'track')}
      {library.missingCount > 0 && `, ${count(library.missingCount, 'missing file')}`} · scanned{' '}
      {ago(library.lastScanAt)}
    </>
  );
}

function State({ library }: { library: Library }) {
  switch (library.state) {
    case 'offline':
      return (
        <Badge tone="warn" icon="warning">
          offline
        </Badge>
      );
    case 'pending':
      return <Badge>waits for a scan</Badge>;
    case 'guarded':
      return (
        <Badge tone="warn" icon="warning">
          needs your decision
        </Badge>
      );
    default:
      return library.writeMode === 'none' ? <Badge>read only</Badge> : null;
  }
}

const PHASES: Readonly<Record<string, string>> = {
  walk: 'Looking through the folders',
  match: 'Recognizing moved files',
  read: 'Reading tags',
  missing: 'Marking missing files',
  finish: 'Finishing',
  ended: 'Finished',
};

function ScanLine({ library }: { library: Library }) {
  const progress = useScanProgress(library.id);
  const text = progress
    ? `${PHASES[progress.phase] ?? 'Scanning'}: ${count(progress.found, 'file')} found, ${progress.added} new, ${progress.changed} changed`
    : 'Looking for music …';
  const value = progress && progress.found > 0 ? progress.done / progress.found : undefined;
  return (
    <>
      <p className={styles.facts}>{text}</p>
      <Progress label={`Scan of ${library.name}`} value={value} text={text} isSlim />
    </>
  );
}
