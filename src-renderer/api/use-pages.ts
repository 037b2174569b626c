import { useQueries } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { keyOf } from './use-call';

/** As many rows as one question asks for; the most that one answer may carry is 500. */
const PAGE_SIZE = 200;

interface PageOf<T> {
  items: readonly T[];
  total: number;
}

/**
 * A list of any length of which only the pages that are looked at are asked for, and the next one in each direction.
 * While another filter is on its way the old total stays, so that the list does not collapse and come back.
 */
export function usePages<T>(
  call: { procedureName: string },
  filter: object,
  ask: (offset: number, limit: number) => Promise<PageOf<T>>,
) {
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const first = Math.max(0, Math.floor((range[0] - PAGE_SIZE / 4) / PAGE_SIZE));
  const last = Math.floor((range[1] + PAGE_SIZE / 4) / PAGE_SIZE);
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: [...keyOf(call, filter), page],
      queryFn: () => ask(page * PAGE_SIZE, PAGE_SIZE),
    })),
  });
  const known = useRef<number>(undefined);
  const failed = pages.find(({ error }) => error !== null);
  const found = pages.find(({ data }) => data !== undefined)?.data?.total;
  known.current = found ?? (failed ? undefined : known.current);
  const total = known.current;

  const rowAt = (index: number): T | undefined =>
    pages[Math.floor(index / PAGE_SIZE) - first]?.data?.items[index % PAGE_SIZE];
  const onRange = useCallback(
    (from: number, to: number) => setRange((old) => (samePages(old, from, to) ? old : [from, to])),
    [],
  );
  return {
    data: total,
    error: total === undefined ? failed?.error : undefined,
    refetch: () => Promise.all(pages.map((page) => page.refetch())),
    rowAt,
    onRange,
  };
}

/** A quarter of a page is fine enough; every row would draw everything again. */
const samePages = ([oldFirst, oldLast]: readonly [number, number], first: number, last: number) =>
  Math.abs(oldFirst - first) < PAGE_SIZE / 4 && Math.abs(oldLast - last) < PAGE_SIZE / 4;
