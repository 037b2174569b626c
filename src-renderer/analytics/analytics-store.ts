import { create } from 'zustand';
import type { MoodTier } from '../../src-main/discovery/analytics/contract';

interface AnalyticsState {
  /** All libraries together where none is chosen. */
  library: number | undefined;
  tier: MoodTier;
  /** The mood whose company is looked at. */
  mood: string | undefined;
}

/** Which numbers the person looks at. */
export const useAnalyticsStore = create<AnalyticsState>()(() => ({
  library: undefined,
  tier: 'regular',
  mood: undefined,
}));

export const showLibrary = (library: number | undefined) => useAnalyticsStore.setState({ library });
export const showTier = (tier: MoodTier) => useAnalyticsStore.setState({ tier });
export const openMood = (mood: string) => useAnalyticsStore.setState({ mood });
export const closeMood = () => useAnalyticsStore.setState({ mood: undefined });
