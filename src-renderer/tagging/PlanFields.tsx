import type { PlannedField } from '../../src-main/library/tagging/plan/contract';
import { hrefOf } from '../router';
import { number, Panel } from '../ui';
import styles from './Write.module.css';

/** Which tags are added, changed and removed, in how many files, each with examples from before to after. */
export function PlanFields({ fields }: { fields: readonly PlannedField[] }) {
  if (fields.length === 0) return null;
  return (
    <Panel title="Tags">
      <div className={styles.scroller}>
        <table className={styles.fields}>
          <thead>
            <tr>
              <th scope="col">Tag</th>
              <th scope="col">Added</th>
              <th scope="col">Changed</th>
              <th scope="col">Removed</th>
              <th scope="col">For example</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <FieldRow key={field.field} field={field} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function FieldRow({ field: { field, added, changed, removed, examples } }: { field: PlannedField }) {
  const [first, ...more] = examples;
  return (
    <tr>
      <th scope="row">
        <code>{field}</code>
      </th>
      <td>{number(added)}</td>
      <td>{number(changed)}</td>
      <td>{number(removed)}</td>
      <td>
        {first && <Example of={first} />}
        {more.length > 0 && (
          <details>
            <summary>More examples</summary>
            <ul>
              {more.map((example) => (
                <li key={example.trackId}>
                  <Example of={example} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </td>
    </tr>
  );
}

function Example({ of: { trackId, title, old, new: wanted } }: { of: PlannedField['examples'][number] }) {
  return (
    <span className={styles.example}>
      <a href={hrefOf({ screen: 'track', id: trackId })}>{title}</a>: {shown(old, 'not there')}{' '}
      <span aria-hidden="true">→</span>
      <span className="visually-hidden">becomes</span> <strong>{shown(wanted, 'removed')}</strong>
    </span>
  );
}

const shown = (values: readonly string[], none: string) => (values.length === 0 ? none : values.join(', '));
