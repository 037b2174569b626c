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
    tagFrequencies({ library_id: libraryId, limit }) {
      const { namespace, write_alias_keys: aliases } = settings.current;
      return reader.read('analytics.tagFrequencies', { libraryId, limit, namespace, aliases });
    },
    moodDistribution: ({ library_id: libraryId, ...input }) =>
      reader.read('analytics.moodDistribution', { ...input, libraryId }),
    tagCorrelations: ({ library_id: libraryId, top_n: topN, tier }) =>
      reader.read('analytics.correlations', { libraryId, topN, tier }),
    coOccurrences: ({ library_id: libraryId, tag: mood, ...input }) =>
      reader.read('analytics.coOccurrences', { ...input, libraryId, mood }),
    matrix: ({ library_id: libraryId, ...input }) =>
      reader.read('analytics.matrix', { ...input, libraryId, namespace: settings.current.namespace }),
    moodAnalysis: ({ library_id: libraryId, tier }) => reader.read('analytics.moodAnalysis', { libraryId, tier }),
    overview: ({ library_id: libraryId }) => reader.read('analytics.overview', { libraryId }),
    coverage: ({ library_id: libraryId }) =>
      reader.read('analytics.coverage', { libraryId, version: version(), skipCodes: PASSED_OVER }),
  };
}
