import { Icon } from '../icons';
import styles from './Grid.module.css';
import type { Column } from './grid-column';
import type { GridSelection } from './grid-selection';
import { SelectBox } from './SelectBox';

export interface GridSort {
  key: string;
  order: 'asc' | 'desc';
  onSort(key: string): void;
}

interface GridHeadProps<T> {
  columns: readonly Column<T>[];
  sort?: GridSort;
  selection?: GridSelection<T>;
  total: number;
}

/** The names of the columns; those that can be sorted by are buttons. */
export function GridHead<T>({ columns, sort, selection, total }: GridHeadProps<T>) {
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {selection && (
          <div role="columnheader" className={styles.choice}>
            <SelectBox
              label="Select all"
              isReachable
              state={selection.count === 0 ? 'none' : selection.count >= total ? 'all' : 'some'}
              onChange={() => (selection.count >= total ? selection.clear() : selection.selectAll())}
            />
          </div>
        )}
        {columns.map((column) => {
          const isSorted = sort?.key === column.key;
          const order = isSorted ? (sort.order === 'asc' ? 'ascending' : 'descending') : undefined;
          return (
            <div
              key={column.key}
              role="columnheader"
              aria-sort={column.isSortable ? (order ?? 'none') : undefined}
              className={`${styles.cell} ${column.align === 'end' ? styles.end : ''}`}
              data-from={column.from}
              style={{ flex: column.width }}
            >
              {sort && column.isSortable ? (
                <button type="button" className={styles.sort} onClick={() => sort.onSort(column.key)}>
                  {column.title}
                  {isSorted && (
                    <span className={sort.order === 'asc' ? styles.up : styles.down}>
                      <Icon name="back" size={13} />
                    </span>
                  )}
                </button>
              ) : (
                column.title
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
