import { type KeyboardEvent, useRef } from 'react';
import type { GridSelection } from './grid-selection';

interface ChoiceOptions<T> {
  selection: GridSelection<T> | undefined;
  rowAt(index: number): T | undefined;
}

/** Choosing rows by pointer and keyboard: Space and a click for one, with Shift from the last one to here. */
export function useRowChoice<T>({ selection, rowAt }: ChoiceOptions<T>) {
  /** The row that was chosen last, from which a range begins. */
  const anchor = useRef(0);

  function choose(index: number, isRange: boolean) {
    if (!selection) return;
    if (isRange) selection.selectRange(Math.min(anchor.current, index), Math.max(anchor.current, index));
    else {
      const row = rowAt(index);
      if (row === undefined) return;
      selection.toggle(row);
      anchor.current = index;
    }
  }

  /** Whether the key was meant for the choice of rows. */
  function onKey(event: KeyboardEvent, active: number): boolean {
    if (!selection) return false;
    if (event.key === ' ') choose(active, event.shiftKey);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selection.selectAll();
    else if (event.key === 'Escape' && selection.count > 0) selection.clear();
    else return false;
    event.preventDefault();
    return true;
  }

  return { choose, onKey };
}
