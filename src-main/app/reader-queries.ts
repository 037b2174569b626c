import { createAnalyticsQueries } from '../discovery/analytics';
import { createImportQueries, createPlaylistQueries } from '../discovery/playlists';
import { createSimilarityQueries } from '../discovery/similarity';
import { createWrittenQueries } from '../files/verify';
import { createCalibrationQueries } from '../library/calibration';
import { createPlanQueries, createSelectionQueries, createStaleQueries } from '../library/tagging';
import { createTrackQueries } from '../library/tracks';
import type { Database } from '../platform/database';
import { createMappingQueries } from '../servers/path-mapping';

/** Every query that the reader thread answers; the only file that knows them all. */
export function readerQueries(db: Database) {
  return {
    ...createTrackQueries(db),
    ...createAnalyticsQueries(db),
    ...createCalibrationQueries(db),
    ...createSimilarityQueries(db),
    ...createPlaylistQueries(db),
    ...createImportQueries(db),
    ...createStaleQueries(db),
    ...createSelectionQueries(db),
    ...createPlanQueries(db),
    ...createWrittenQueries(db),
    ...createMappingQueries(db),
  };
}
export type ReaderQueries = ReturnType<typeof readerQueries>;
