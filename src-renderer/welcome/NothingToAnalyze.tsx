import type { QueueStatus } from '../../src-main/jobs/queue/contract';
import type { Library } from '../../src-main/library/libraries/contract';
import { headlineOf } from '../queue';
import { hrefOf } from '../router';
import { Button, count } from '../ui';
import styles from './Welcome.module.css';
import { chooseAnotherFolder, endWelcome } from './welcome-store';

interface NothingToAnalyzeProps {
  readonly status: QueueStatus;
  /** Each was scanned. */
  readonly libraries: readonly Library[];
}

/** Says why no track appears, once it is certain that none will, and what can be done. */
export function NothingToAnalyze({ status, libraries }: NothingToAnalyzeProps) {
  const tracks = libraries.reduce((sum, { trackCount }) => sum + trackCount, 0);
  return (
    <div className={styles.step}>
      <div role="status">
        {tracks === 0 ? (
          libraries.map((library) => <p key={library.id}>{emptyBecause(library)}</p>)
        ) : (
          <p>
            {count(tracks, 'file')} found. {headlineOf(status)}; <a href={hrefOf({ screen: 'queue' })}>the queue</a>{' '}
            says more.
          </p>
        )}
      </div>
      <p className={styles.muted}>A folder is watched: what is put into it later is found by itself.</p>
      <div className={styles.buttons}>
        {tracks === 0 && (
          <Button look="primary" icon="folder" onClick={() => void chooseAnotherFolder(libraries)}>
            Choose another folder
          </Button>
        )}
        <Button look={tracks === 0 ? 'plain' : 'primary'} onClick={() => void endWelcome()}>
          Open the library
        </Button>
      </div>
    </div>
  );
}

const emptyBecause = ({ root_path, stateMessage }: Library): string =>
  stateMessage ??
  `There is no music in ${root_path}: no file in it, or in the folders within, is one that Tonearm reads.`;
