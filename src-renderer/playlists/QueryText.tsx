import { useEffect, useState } from 'react';
import { api } from '../api';
import { Button, Field, useDebounced } from '../ui';
import styles from './Playlists.module.css';
import { changeDraft, markText } from './playlists-store';

const PAUSE_MS = 400;

/** The rules as one line of text, to be read, copied and typed; what is typed becomes the rules once it is understood. */
export function QueryText({ query }: { query: string | null }) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const settled = useDebounced(typed, PAUSE_MS);

  useEffect(() => {
    if (settled === null) return;
    let isWanted = true;
    api.playlists.parse({ query: settled }).then(
      ({ rules }) => {
        if (!isWanted) return;
        changeDraft({ rules });
        setProblem('');
        markText(false);
      },
      (error: unknown) => isWanted && setProblem(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [settled]);
  useEffect(() => () => markText(false), []);

  return (
    <div className={styles.query}>
      <Button look="quiet" icon="pen" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        As text
      </Button>
      {isOpen && (
        <>
          <Field label="Query" hint='For example: nom:happy > 0.6 AND NOT genre = "Christmas"'>
            {(ids) => (
              <textarea
                {...ids}
                className={styles.code}
                rows={3}
                aria-invalid={problem !== '' || undefined}
                value={typed ?? query ?? ''}
                onChange={({ target }) => {
                  setTyped(target.value);
                  markText(true);
                }}
                onBlur={() => problem === '' && setTyped(null)}
              />
            )}
          </Field>
          <p role="alert" className={problem ? styles.wrong : undefined}>
            {problem}
          </p>
        </>
      )}
    </div>
  );
}
