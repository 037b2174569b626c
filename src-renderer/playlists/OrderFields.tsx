import type { FieldView } from '../../src-main/discovery/playlists/contract';
import { SelectField, TextField } from '../ui';
import styles from './Playlists.module.css';
import { changeDraft, type Draft } from './playlists-store';

/** By what a playlist is sorted, and how many tracks it has at most. */
export function OrderFields({ draft, fields }: { draft: Draft; fields: readonly FieldView[] }) {
  const isDescending = draft.sort.startsWith('-');
  const name = draft.sort.replace(/^[+-]/, '');
  const sortable = fields.filter(({ canSort, group }) => canSort && group !== 'sort');
  // An order of several fields comes from a file; it stays until another is chosen.
  const isOther = name !== '' && name !== 'random' && !sortable.some((field) => field.name === name);
  const options: (readonly [string, string])[] = [
    ['', 'Title'],
    ['random', 'At random'],
    ...(isOther ? [[name, name] as const] : []),
    ...sortable.map((field) => [field.name, field.title] as const),
  ];
  const put = (field: string, direction: string) =>
    changeDraft({ sort: field && direction === 'desc' ? `-${field}` : field });
  return (
    <div className={styles.fields}>
      <SelectField
        label="Sorted by"
        value={name}
        options={options}
        onChange={(field) => put(field, isDescending ? 'desc' : 'asc')}
      />
      {name !== '' && name !== 'random' && (
        <SelectField
          label="Direction"
          value={isDescending ? 'desc' : 'asc'}
          options={[
            ['asc', 'Smallest or earliest first'],
            ['desc', 'Largest or latest first'],
          ]}
          onChange={(direction) => put(name, direction)}
        />
      )}
      <TextField
        label="Tracks at most"
        hint="Empty for all of them."
        type="number"
        value={draft.limit === null ? '' : String(draft.limit)}
        onChange={(typed) =>
          changeDraft({ limit: Number(typed) > 0 ? Math.min(100_000, Math.round(Number(typed))) : null })
        }
      />
    </div>
  );
}
