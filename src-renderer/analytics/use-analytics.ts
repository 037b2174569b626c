import { useEffect } from 'react';
import { api, onEvent, queryClient, useCall } from '../api';
import { useAnalyticsStore } from './analytics-store';

const useScope = () => {
  const { library, tier } = useAnalyticsStore();
  return { inLibrary: { library_id: library }, inTier: { library_id: library, tier } };
};

export const useOverview = () => useCall(api.analytics.overview, useScope().inLibrary);
export const useCoverage = () => useCall(api.analytics.coverage, useScope().inLibrary);
export const useMoodDistribution = () => useCall(api.analytics.moodDistribution, useScope().inTier);
export const useMoodAnalysis = () => useCall(api.analytics.moodAnalysis, useScope().inTier);
export const useCorrelations = () => useCall(api.analytics.tagCorrelations, { ...useScope().inTier, top_n: 12 });
/** What goes with one mood. */
export const useCompany = (tag: string) => useCall(api.analytics.coOccurrences, { ...useScope().inTier, tag });

export function countAgain(): void {
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('analytics.') });
}

/** Each number is counted over the whole library: while it is analyzed, this is often enough to count again. */
const REFRESH_MS = 15_000;

/** Counts again when the screen is opened, and while it is open now and then, as long as tracks change. */
export function useFreshNumbers(): void {
  useEffect(() => {
    let timer: number | undefined;
    const countSoon = () => {
      timer ??= window.setTimeout(() => {
        timer = undefined;
        countAgain();
      }, REFRESH_MS);
    };
    countAgain();
    const ends = (['tracks.changed', 'libraries.changed', 'resync'] as const).map((name) => onEvent(name, countSoon));
    return () => {
      window.clearTimeout(timer);
      for (const end of ends) end();
    };
  }, []);
}
