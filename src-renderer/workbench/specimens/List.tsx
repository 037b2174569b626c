import { useState } from 'react';
import { Badge, type Column, clock, Grid, type GridSelection } from '../../ui';
import styles from '../Workbench.module.css';

interface Row {
  title: string;
  artist: string;
  lengthMs: number;
}

const COLUMNS: readonly Column<Row>[] = [
  { key: 'title', title: 'Title', width: '2 1 0', isSortable: true, render: ({ title }) => title },
  { key: 'artist', title: 'Artist', width: '1 1 0', from: 480, isSortable: true, render: ({ artist }) => artist },
  { key: 'length', title: 'Length', width: '0 0 4rem', align: 'end', render: ({ lengthMs }) => clock(lengthMs) },
  { key: 'state', title: 'State', width: '0 0 6rem', render: () => <Badge tone="good">written</Badge> },
];

export const rowAt = (index: number): Row => ({
  title: `Paper boats ${index + 1}`,
  artist: ['Ottoline', 'Río Seco'][index % 2],
  lengthMs: 150_000 + ((index * 7919) % 90_000),
});
export const longRowAt = (index: number): Row => ({
  ...rowAt(index),
  title: `A very long name of a song that does not end where the column ends, number ${index + 1}`,
  artist: 'The Orchestra of Everyone Who Was There That Night',
});

interface ListProps {
  label: string;
  total: number;
  rowAt(index: number): Row | undefined;
  isOpenable?: boolean;
  /** Rows can be chosen; these are. */
  chosen?: readonly string[];
  /** Takes the height that is left, in place of one of its own. */
  isFilling?: boolean;
}

/** A grid that can be sorted and walked through. */
export function List({ label, total, rowAt, isOpenable, chosen, isFilling }: ListProps) {
  const selection = useChosen(chosen);
  const [order, setOrder] = useState<'asc' | 'desc'>('asc');
  const onSort = () => setOrder(order === 'asc' ? 'desc' : 'asc');
  return (
    <div className={isFilling ? styles.filling : styles.list}>
      <Grid
        label={label}
        total={total}
        rowAt={rowAt}
        columns={COLUMNS}
        onRange={() => {}}
        onOpen={isOpenable ? () => {} : undefined}
        sort={{ key: 'title', order, onSort }}
        selection={chosen && selection}
      />
    </div>
  );
}

function useChosen(chosen: readonly string[] = []): GridSelection<Row> {
  const [titles, setTitles] = useState<ReadonlySet<string>>(new Set(chosen));
  const toggle = ({ title }: Row) => {
    const changed = new Set(titles);
    if (!changed.delete(title)) changed.add(title);
    setTitles(changed);
  };
  return {
    count: titles.size,
    label: ({ title }) => `Select ${title}`,
    isSelected: ({ title }) => titles.has(title),
    toggle,
    selectRange: () => {},
    selectAll: () => {},
    clear: () => setTitles(new Set()),
  };
}
