import { createAnalyticsQueries } from './analytics';
import { createCalibrationQueries } from './calibration';
import type { Database } from './database';
import { createMappingQueries } from './libraries';
import { createImportQueries, createPlaylistQueries } from './playlists';
import { createSimilarityQueries } from './similarity';
import { createStaleQueries, createWrittenQueries } from './tagging';

/** Every query that the reader thread answers; the only file that knows them all. */
export function readerQueries(db: Database) {
  return {
    ...createAnalyticsQueries(db),
    ...createCalibrationQueries(db),
    ...createSimilarityQueries(db),
    ...createPlaylistQueries(db),
    ...createImportQueries(db),
    ...createStaleQueries(db),
    ...createWrittenQueries(db),
    ...createMappingQueries(db),
  };
}
export type ReaderQueries = ReturnType<typeof readerQueries>;
