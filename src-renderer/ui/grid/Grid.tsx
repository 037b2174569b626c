import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useCallback, useEffect, useRef } from 'react';
import styles from './Grid.module.css';
import { GridHead, type GridSort } from './GridHead';
import type { Column } from './grid-column';
import type { GridSelection } from './grid-selection';
import { SelectBox } from './SelectBox';
import { useRovingRow } from './use-roving-row';
import { useRowChoice } from './use-row-choice';

interface GridProps<T> {
  label: string;
  /** How many rows there are, loaded or not. */
  total: number;
  /** Undefined while it is not loaded; a row of the same height stands there. */
  rowAt(index: number): T | undefined;
  columns: readonly Column<T>[];
  /** Told which rows are looked at, so that they can be loaded. */
  onRange(first: number, last: number): void;
  onOpen?(row: T): void;
  /** Where to begin, to come back to where one was. */
  startAt?: number;
  onActive?(index: number): void;
  sort?: GridSort;
  /** Where rows can be chosen: a box before each, Space, Shift for ranges, Ctrl+A for all. */
  selection?: GridSelection<T>;
  rowHeight?: number;
}

const HEAD_HEIGHT = 38;

/**
 * A list of any length of which only what is seen is drawn; for screen readers and the keyboard it is there as a whole.
 */
export function Grid<T>(props: GridProps<T>) {
  const {
    label,
    total,
    rowAt,
    columns,
    onRange,
    onOpen,
    startAt = 0,
    onActive,
    sort,
    selection,
    rowHeight = 44,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const roving = useRovingRow({ total, startAt, scroller, onActive });
  const { active } = roving;
  const choice = useRowChoice({ selection, rowAt });
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    initialOffset: startAt > 5 ? (startAt - 3) * rowHeight : 0,
    // The row that has the focus stays in the page, or the focus would fall to the top while scrolling.
    rangeExtractor: (range) => withRow(defaultRangeExtractor(range), active, total),
  });
  const first = rows.range?.startIndex ?? 0;
  const last = rows.range?.endIndex ?? 0;
  useEffect(() => onRange(first, last), [first, last, onRange]);
  const { scrollToIndex } = rows;
  const reach = useCallback((index: number) => scrollToIndex(index), [scrollToIndex]);

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + (selection ? 1 : 0)}
      aria-multiselectable={selection ? true : undefined}
      className={styles.grid}
      onKeyDown={(event) => {
        if (choice.onKey(event, active)) return;
        roving.onKeyDown(event, { reach, rowHeight, open: (index) => openAt(index) });
      }}
    >
      <GridHead columns={columns} sort={sort} selection={selection} total={total} />
      <div role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <Row
            key={index}
            index={index}
            isActive={index === active}
            top={start - HEAD_HEIGHT}
            height={rowHeight}
            row={rowAt(index)}
            columns={columns}
            onFocus={() => roving.setActive(index)}
            onOpen={onOpen}
            selection={selection}
            onChoose={choice.choose}
          />
        ))}
      </div>
    </div>
  );

  function openAt(index: number) {
    const row = rowAt(index);
    if (row !== undefined) onOpen?.(row);
  }
}

function withRow(indexes: number[], active: number, total: number): number[] {
  if (active >= total || indexes.includes(active)) return indexes;
  return [...indexes, active].sort((a, b) => a - b);
}

interface RowProps<T> {
  index: number;
  isActive: boolean;
  top: number;
  height: number;
  row: T | undefined;
  columns: readonly Column<T>[];
  onFocus(): void;
  onOpen?(row: T): void;
  selection?: GridSelection<T>;
  onChoose(index: number, isRange: boolean): void;
}

function Row<T>(props: RowProps<T>) {
  const { index, isActive, top, height, row, columns, onFocus, onOpen, selection, onChoose } = props;
  const isSelected = row !== undefined && selection?.isSelected(row) === true;
  function onClick(event: MouseEvent) {
    if (row === undefined || isInside(event.target, 'button, a, label')) return;
    if (selection && (event.shiftKey || event.ctrlKey || event.metaKey)) onChoose(index, event.shiftKey);
    else onOpen?.(row);
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy={row === undefined || undefined}
      aria-selected={selection ? isSelected : undefined}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      className={`${styles.row} ${onOpen ? styles.openable : ''} ${isSelected ? styles.selected : ''}`}
      style={{ height, transform: `translateY(${top}px)` }}
      onFocus={onFocus}
      onClick={onClick}
      // A range would be marked as text besides.
      onMouseDown={(event) => selection && event.shiftKey && event.preventDefault()}
    >
      {selection && (
        <div role="gridcell" className={styles.choice}>
          {row !== undefined && (
            <SelectBox
              label={selection.label(row)}
              state={isSelected ? 'all' : 'none'}
              onChange={(isRange) => onChoose(index, isRange)}
            />
          )}
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.key}
          role="gridcell"
          className={`${styles.cell} ${column.align === 'end' ? styles.end : ''}`}
          data-from={column.from}
          style={{ flex: column.width }}
        >
          {row === undefined ? <span className={styles.skeleton} /> : column.render(row)}
        </div>
      ))}
    </div>
  );
}

const isInside = (target: EventTarget, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;
