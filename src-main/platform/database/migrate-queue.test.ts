import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { listMigrations, migrate } from './migrate';

it('takes a queue of the first release along: jobs, sums, and numbers that never come twice', () => {
  const db = new BetterSqlite3(':memory:');
  migrate(db, listMigrations().slice(0, 5));
  db.exec(`
    INSERT INTO job_batch VALUES (1, 'An album', 'api', 2, '2026-01-01T00:00:00Z');
    INSERT INTO job_batch_ended VALUES (1, 'skipped', 'up_to_date', 1);
    INSERT INTO job (id, kind, path, batch_id, created_at, audio_ms) VALUES
      (7, 'tag', '/music/a.flac', 1, '2026-01-01T00:00:00Z', 1000), (9, 'tag', '/music/b.flac', 1, '', NULL);
    DELETE FROM job WHERE id = 9;`);
  const totals = () => db.prepare('SELECT * FROM job_total').all();
  const before = totals();
  migrate(db);
  expect(totals()).toEqual(before);
  expect(db.prepare('SELECT id, batch_id FROM job').all()).toEqual([{ id: 7, batch_id: 1 }]);
  expect(db.prepare('SELECT count FROM job_batch_ended').all()).toEqual([{ count: 1 }]);
  db.exec("INSERT INTO job (kind, path, created_at) VALUES ('tag', '/music/c.flac', '')");
  expect(db.prepare('SELECT MAX(id) AS id FROM job').get()).toEqual({ id: 10 });
  db.exec('DELETE FROM job_batch');
  expect(db.prepare('SELECT batch_id FROM job WHERE id = 7').get()).toEqual({ batch_id: null });
});
