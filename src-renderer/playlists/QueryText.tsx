import { useState } from 'react';
import { api } from '../api';
import { Button, Field } from '../ui';
import styles from './Playlists.module.css';
import { changeDraft } from './playlists-store';

/** The rules as one line of text, to be read, copied and typed. */
export function QueryText({ query }: { query: string | null }) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  async function apply() {
    try {
      const { rules } = await api.playlists.parse({ query: typed ?? query ?? '' });
      changeDraft({ rules });
      setTyped(null);
      setProblem('');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }
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
                value={typed ?? query ?? ''}
                onChange={({ target }) => setTyped(target.value)}
              />
            )}
          </Field>
          <p role="alert" className={problem ? styles.wrong : undefined}>
            {problem}
          </p>
          <div>
            <Button disabled={typed === null} onClick={() => void apply()}>
              Use these rules
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
