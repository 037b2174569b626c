import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { listMigrations, migrate } from './migrate';

it('makes texts of what the columns of old tracks say, genres taken apart, until a scan reads the files again', () => {
  const migrations = listMigrations();
  const texts = migrations.findIndex(({ name }) => name === 'texts-of-tracks');
  const db = new BetterSqlite3(':memory:');
  migrate(db, migrations.slice(0, texts));
  db.exec(`
    INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES (1, 'Music', '/music', '', '');
    INSERT INTO album (id, title, artist) VALUES (1, 'Album', 'Everyone');
    INSERT INTO track (id, library_id, path, folder, size_bytes, mtime_ms, title, sort_title, sort_artist, sort_album,
      added_at, scanned_at, artist, album_id, genre)
    VALUES (1, 1, 'a', '', 1, 1, 'a', '', '', '', '', '', 'A "B"', 1, 'Rock; R&B "x"'),
      (2, 1, 'b', '', 1, 1, 'b', '', '', '', '', '', '', NULL, '');`);
  migrate(db, migrations);
  const rows = db.prepare('SELECT track_id, texts, edition FROM track_text ORDER BY track_id').raw().all();
  expect(rows).toEqual([
    [1, '{"artist":["A \\"B\\""],"albumartist":["Everyone"],"genre":["Rock","R&B \\"x\\""]}', 0],
    [2, '{}', 0],
  ]);
});
