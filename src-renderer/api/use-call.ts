import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { Procedure } from '../../src-main/rpc/procedure';
import type { Call } from './api';
import { CallError } from './call-error';
import { onEvent, type PageEventName } from './events';

/** Answers are kept until an event says that they changed; asking again by the clock would only make noise. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, error) => error instanceof CallError && error.code === 'busy' && failures < 2,
    },
  },
});

export const keyOf = (call: { procedureName: string }, input?: unknown) =>
  input === undefined ? [call.procedureName] : [call.procedureName, input];

interface Options {
  /** Events after which the answer is asked for again, at most once a second. */
  refreshOn?: PageEventName | readonly PageEventName[];
  /** Whether to ask at all. */
  isEnabled?: boolean;
}

/** Asks once, keeps the answer for every component that wants the same, and asks again when an event says so. */
export function useCall<P extends Procedure>(call: Call<P>, input: z.input<P['input']>, options: Options = {}) {
  useRefresh(call.procedureName, options.refreshOn ?? []);
  return useQuery<z.output<P['output']>>({
    queryKey: keyOf(call, input),
    queryFn: () => call(input),
    enabled: options.isEnabled ?? true,
    placeholderData: keepPreviousData,
  });
}

const REFRESH_MS = 1000;

/**
 * Marks every answer of a procedure as out of date when one of the events comes; the first at once, the rest together.
 */
export function useRefresh(procedureName: string, events: PageEventName | readonly PageEventName[]) {
  const names = [events].flat().join(' ');
  useEffect(() => refreshOn(procedureName, names), [procedureName, names]);
}

const refreshed = new Set<string>();

/** For as long as the page lives: an answer that no screen shows now must not be old when one shows it again. */
function refreshOn(procedureName: string, names: string): void {
  const key = `${procedureName} ${names}`;
  if (refreshed.has(key)) return;
  refreshed.add(key);
  let timer: number | undefined;
  let isWaiting = false;
  const refresh = () => void queryClient.invalidateQueries({ queryKey: [procedureName] });
  const refreshSoon = () => {
    isWaiting = timer !== undefined;
    if (isWaiting) return;
    refresh();
    timer = window.setTimeout(() => {
      timer = undefined;
      if (isWaiting) refreshSoon();
    }, REFRESH_MS);
  };
  for (const name of [...names.split(' ').filter(Boolean), 'resync']) onEvent(name as PageEventName, refreshSoon);
}
