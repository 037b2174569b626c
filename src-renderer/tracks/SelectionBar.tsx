import { planWrite } from '../tagging';
import { Button, count } from '../ui';
import { choiceOf, clearSelection, countOf, selectAll, useSelectionStore } from './selection-store';
import styles from './TrackList.module.css';

/** How many tracks are chosen, and what can be done with them; nothing while none is. */
export function SelectionBar({ total }: { total: number }) {
  const selection = useSelectionStore();
  const chosen = countOf(selection, total);
  return (
    <div role="status" className={styles.selectionStatus}>
      {chosen > 0 && (
        <div className={styles.selection}>
          <strong>{count(chosen, 'track')} selected</strong>
          {chosen < total && (
            <Button look="quiet" onClick={selectAll}>
              {`Select all ${count(total, 'track')}`}
            </Button>
          )}
          <Button look="quiet" icon="close" onClick={clearSelection}>
            Select none
          </Button>
          <Button look="primary" icon="pen" onClick={() => void planWrite(choiceOf(selection))}>
            Write tags …
          </Button>
        </div>
      )}
    </div>
  );
}
