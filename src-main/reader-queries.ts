import { createAnalyticsQueries } from './analytics';
import { createMoodQueries } from './calibration';
import type { Database } from './database';
import { createPlaylistQueries } from './playlists';
import { createSimilarityQueries } from './similarity';

/** Every query that the reader thread answers; the only file that knows them all. */
export function readerQueries(db: Database) {
  return {
    ...createAnalyticsQueries(db),
    ...createMoodQueries(db),
    ...createSimilarityQueries(db),
    ...createPlaylistQueries(db),
  };
}
export type ReaderQueries = ReturnType<typeof readerQueries>;
