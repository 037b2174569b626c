import type { Database } from './database';

/** Every query that the reader thread answers; the only file that knows them all. */
export function readerQueries(_db: Database) {
  return {};
}
export type ReaderQueries = ReturnType<typeof readerQueries>;
