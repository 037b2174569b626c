import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { withNumberLengths } from '../natural-order';
import { listMigrations, migrate } from './migrate';

it('gives the keys of old tracks their natural order, the same as those of new ones', () => {
  const migrations = listMigrations();
  const before = migrations.findIndex(({ name }) => name === 'natural-order');
  const db = new BetterSqlite3(':memory:');
  migrate(db, migrations.slice(0, before));
  db.exec("INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES (1, 'Music', '/music', '', '')");
  const insert = db.prepare(`
    INSERT INTO track (library_id, path, folder, size_bytes, mtime_ms, title, sort_title, sort_artist, sort_album,
      added_at, scanned_at)
    VALUES (1, @key, '', 1, 1, '', @key, @key, @key, '', '')`);
  const natural = [
    '\u266b 2',
    '2 steps',
    '03',
    '9',
    '10',
    '000',
    '20260102030405',
    'a',
    'disc 2 track 10',
    'été',
    '\uffff',
  ];
  for (const key of natural) insert.run({ key });
  migrate(db, migrations);
  const rows = db
    .prepare<[], Record<string, string>>('SELECT path, sort_title, sort_artist, sort_album FROM track')
    .all();
  expect(rows).toHaveLength(natural.length);
  for (const { path, ...keys } of rows) {
    const key = withNumberLengths(path);
    expect(keys).toEqual({ sort_title: key, sort_artist: key, sort_album: key });
  }
  const ofPlain = db.prepare("SELECT path FROM track WHERE path GLOB '[0-9]*' ORDER BY sort_title").pluck().all();
  expect(ofPlain).toEqual(['000', '2 steps', '03', '9', '10', '20260102030405']);
});
