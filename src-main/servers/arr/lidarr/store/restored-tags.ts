import type { Database } from '../../../../platform/database';

/** The SQL of `tag_restored`: when tags of ours were written again that another program had removed. */
export function createRestoredTags(db: Database) {
  const add = db.prepare('INSERT INTO tag_restored (track_id, at) VALUES (?, ?)');
  const count = db
    .prepare<[number, number], number>('SELECT COUNT(*) FROM tag_restored WHERE track_id = ? AND at > ?')
    .pluck();
  const removeOld = db.prepare('DELETE FROM tag_restored WHERE at <= ?');
  const countOften = db
    .prepare<[number], number>(
      'SELECT COUNT(*) FROM (SELECT 1 FROM tag_restored GROUP BY track_id HAVING COUNT(*) >= ?)',
    )
    .pluck();

  return {
    /** Times are milliseconds since 1970. */
    noteRestored: (trackId: number, at: number): void => void add.run(trackId, at),
    countRestored: (trackId: number, since: number): number => count.get(trackId, since)!,
    /** How many tracks were restored so many times or more. */
    countRestoredOften: (times: number): number => countOften.get(times)!,
    removeRestoredBefore: (at: number): void => void removeOld.run(at),
  };
}
