import { type Database, pathsBelow } from '../../platform/database';
import type { WrittenFile } from './judge';

type Beneath = ReturnType<typeof pathsBelow>;

/** All paths do without a folder. */
const beneath = (root: string | null): Beneath => (root === null ? { from: '', to: '\u{10ffff}' } : pathsBelow(root));

/** What the journal says of the audio files that were ever written: how the last write or undo of each left it. */
export function createWrittenQueries(db: Database) {
  const count = db
    .prepare<[Beneath], number>(`
    SELECT COUNT(DISTINCT path) FROM file_write
    WHERE kind = 'audio' AND state IN ('written', 'undone') AND path > @from AND path < @to`)
    .pluck();
  const list = db.prepare<[Beneath & { after: string; limit: number }], WrittenFile>(`
    WITH page AS (
      SELECT path, MAX(id) AS last, MAX(IIF(state = 'written', id, 0)) AS written FROM file_write
      WHERE kind = 'audio' AND state IN ('written', 'undone') AND path > MAX(@from, @after) AND path < @to
      GROUP BY path ORDER BY path LIMIT @limit)
    SELECT path, payload_hash AS payloadHash,
      IIF(state = 'written', new_size, old_size) AS sizeBytes,
      IIF(state = 'written', new_mtime_ms, old_mtime_ms) AS mtimeMs,
      IIF(state = 'written', new_file_hash, old_file_hash) AS fileHash
    -- Writes are undone from the last one on: of several the one that was undone last left the file as it is.
    FROM page JOIN file_write USING (path) WHERE id = IIF(written = last, last, (
      SELECT id FROM file_write AS undone
      WHERE undone.path = page.path AND undone.id > written AND undone.state = 'undone'
      ORDER BY undone_at DESC, id LIMIT 1))
    ORDER BY path`);
  return {
    'tagging.countWritten': ({ root }: { root: string | null }): number => count.get(beneath(root))!,
    /** Ordered by path; the next page begins after the last of this one. */
    'tagging.listWritten': ({ root, after, limit }: { root: string | null; after: string; limit: number }) =>
      list.all({ ...beneath(root), after, limit }),
  };
}
export type WrittenQueries = ReturnType<typeof createWrittenQueries>;
