import type { ReactNode } from 'react';

/** One column of a grid: its name, its width and what it shows of a row. */
export interface Column<T> {
  key: string;
  title: string;
  /** A flex of CSS: `2 1 0`, `0 0 5rem`. */
  width: string;
  align?: 'end';
  /** Left out when the grid is narrower than this many pixels. */
  from?: 480 | 760 | 960;
  isSortable?: boolean;
  render(row: T): ReactNode;
}
