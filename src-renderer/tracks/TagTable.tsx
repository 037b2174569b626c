import type { TrackDetail } from '../../src-main/library/tracks/contract';
import { Badge, byName, count, Panel } from '../ui';
import styles from './TrackPage.module.css';

interface TagRow {
  field: string;
  inFile: readonly string[];
  /** Undefined: stays as it is. */
  proposed: readonly string[] | undefined;
}

/** Our tags as they stand in the file, beside what a write would make of them. */
export function TagTable({ detail }: { detail: TrackDetail }) {
  const rows = rowsOf(detail);
  const { length } = detail.proposed;
  return (
    <Panel
      title="Tags"
      actions={
        length > 0 ? (
          <Badge tone="accent" icon="pen">
            {`${count(length, 'change')} proposed`}
          </Badge>
        ) : undefined
      }
    >
      {detail.fileMessage && <p className={styles.warning}>{detail.fileMessage}</p>}
      {rows.length === 0 ? (
        <p className={styles.muted}>The file has none of our tags, and there is nothing to write.</p>
      ) : (
        <table className={styles.tags}>
          <thead>
            <tr>
              <th scope="col">Tag</th>
              <th scope="col">In the file</th>
              <th scope="col">Proposed</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ field, inFile, proposed }) => (
              <tr key={field} className={proposed ? styles.changed : undefined}>
                <th scope="row">
                  <code>{field}</code>
                </th>
                <td>{inFile.join(', ') || <span className={styles.muted}>not there</span>}</td>
                <td>{proposed ? <Proposed values={proposed} /> : <span className={styles.muted}>stays</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Proposed({ values }: { values: readonly string[] }) {
  return values.length === 0 ? (
    <span className={styles.removed}>is removed</span>
  ) : (
    <strong>{values.join(', ')}</strong>
  );
}

function rowsOf({ inFile, proposed }: TrackDetail): TagRow[] {
  const changes = new Map(proposed.map((change) => [change.field, change]));
  const present = Object.keys(inFile ?? {});
  const renamed = new Map(proposed.flatMap((change) => nameNow(change, present)));
  const fields = new Set([...present.filter((name) => !renamed.has(name)), ...changes.keys()]);
  const oldNames = new Map([...renamed].map(([old, field]) => [field, old]));
  return [...fields].sort(byName).map((field) => {
    const change = changes.get(field);
    const old = oldNames.get(field);
    const name = old === undefined ? field : `${old} → ${field}`;
    return { field: name, inFile: inFile?.[field] ?? change?.old ?? [], proposed: change?.new };
  });
}

/** The name in the file of a tag that is to get another: `nom:happy` of what becomes `nom_happy`. */
function nameNow({ field, old }: TrackDetail['proposed'][number], present: readonly string[]): [string, string][] {
  if (old.length === 0 || present.includes(field)) return [];
  const plain = (name: string) => name.replace(/[:_-]/g, '_');
  const name = present.find((each) => plain(each) === plain(field));
  return name === undefined ? [] : [[name, field]];
}
