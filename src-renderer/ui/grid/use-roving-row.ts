import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

interface RovingOptions {
  total: number;
  startAt: number;
  scroller: RefObject<HTMLDivElement | null>;
  onActive?(index: number): void;
}
interface KeyOptions {
  /** Scrolls until the row is seen. */
  reach(index: number): void;
  rowHeight: number;
  open(index: number): void;
}

/** Which row has the focus, kept as a number: the row's element comes and goes while scrolling. */
export function useRovingRow({ total, startAt, scroller, onActive }: RovingOptions) {
  const [chosen, setChosen] = useState(startAt);
  // The row itself and not that there is one: effects of an older drawing run once more after a key.
  const wanted = useRef<number>(undefined);
  const active = Math.min(chosen, Math.max(0, total - 1));

  // After a key the row may be drawn only once the scrolling has come there.
  useEffect(() => {
    if (wanted.current === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });

  function setActive(index: number) {
    setChosen(index);
    onActive?.(index);
  }

  function onKeyDown(event: KeyboardEvent, { reach, rowHeight, open }: KeyOptions) {
    if (event.altKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    if (event.key === 'Enter') {
      if (event.target instanceof HTMLElement && event.target.dataset.index) open(active);
      return;
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const towards = nextRow(event.key, active, pageRows, total);
    if (towards === undefined || total === 0) return;
    event.preventDefault();
    const next = Math.min(total - 1, Math.max(0, towards));
    wanted.current = next;
    setActive(next);
    reach(next);
  }

  return { active, setActive, onKeyDown };
}

function nextRow(key: string, active: number, pageRows: number, total: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return active + 1;
    case 'ArrowUp':
    case 'k':
      return active - 1;
    case 'PageDown':
      return active + pageRows;
    case 'PageUp':
      return active - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return undefined;
  }
}
