import type { TaggingSettings } from '../../library/tagging/contract';
import { PASSED_OVER } from '../../library/tracks';
import type { Reader } from '../../platform/database';
import type { SettingsStore } from '../../platform/settings';
import type { HandlersOf } from '../../rpc';
import type { analyticsContract } from './contract';
import type { AnalyticsQueries } from './queries';

export interface AnalyticsDeps {
  readonly reader: Reader<AnalyticsQueries>;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
  /** The version of the analysis that would be made now. */
  readonly version: () => string;
}

/** Hands each question to the reader thread: at 100 000 tracks every one of them is too long for the main thread. */
export function analyticsHandlers({ reader, settings, version }: AnalyticsDeps): HandlersOf<typeof analyticsContract> {
  return {
    tagFrequencies({ library_id: libraryId, limit }, caller) {
      const { namespace, write_alias_keys: aliases } = settings.current;
      return reader.read('analytics.tagFrequencies', { libraryId, limit, namespace, aliases }, caller);
    },
    moodDistribution: ({ library_id: libraryId, ...input }, caller) =>
      reader.read('analytics.moodDistribution', { ...input, libraryId }, caller),
    tagCorrelations: ({ library_id: libraryId, top_n: topN, tier }, caller) =>
      reader.read('analytics.correlations', { libraryId, topN, tier }, caller),
    coOccurrences: ({ library_id: libraryId, tag: mood, ...input }, caller) =>
      reader.read('analytics.coOccurrences', { ...input, libraryId, mood }, caller),
    matrix: ({ library_id: libraryId, ...input }, caller) =>
      reader.read('analytics.matrix', { ...input, libraryId, namespace: settings.current.namespace }, caller),
    moodAnalysis: ({ library_id: libraryId, tier }, caller) =>
      reader.read('analytics.moodAnalysis', { libraryId, tier }, caller),
    overview: ({ library_id: libraryId }, caller) => reader.read('analytics.overview', { libraryId }, caller),
    coverage: ({ library_id: libraryId }, caller) =>
      reader.read('analytics.coverage', { libraryId, version: version(), skipCodes: PASSED_OVER }, caller),
  };
}
