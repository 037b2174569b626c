import type { Database } from '../../platform/database';
import type { LocalFile } from './infer-rules';

/** What the reader thread looks up to infer path mappings. */
export function createMappingQueries(db: Database) {
  const ofSizes = db.prepare<[string], LocalFile>(`
    SELECT library.root_path || '/' || track.path AS path, track.size_bytes AS sizeBytes
    FROM track JOIN library ON library.id = track.library_id
    WHERE library.is_enabled = 1 AND track.missing_since IS NULL
      AND track.size_bytes IN (SELECT value FROM json_each(?))`);
  return {
    /** The files of all libraries that have one of these sizes, by absolute path with forward slashes. */
    'libraries.filesOfSizes': (sizes: readonly number[]): LocalFile[] =>
      ofSizes
        .all(JSON.stringify(sizes))
        .map(({ path, sizeBytes }) => ({ path: path.replaceAll('\\', '/'), sizeBytes })),
  };
}
