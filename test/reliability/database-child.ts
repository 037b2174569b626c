import BetterSqlite3 from 'better-sqlite3';
import { listMigrations, openDatabase } from '../../src-main/platform/database';
import { migrate } from '../../src-main/platform/database/migrate';
import { statementsOf } from './database-rows';

const [what, file, ...numbers] = process.argv.slice(2);
if (what === 'migrate') migrateUntil(Number(numbers[0]), Number(numbers[1]));
else write();

/** Dies, as by a power cut, after some statements of a migration. */
function migrateUntil(migration: number, statements: number): void {
  const db = new BetterSqlite3(file);
  db.pragma('journal_mode = WAL');
  db.function('die', () => process.kill(process.pid, 'SIGKILL'));
  const all = listMigrations();
  const cut = statementsOf(all[migration]).slice(0, statements).join('\n');
  migrate(db, [...all.slice(0, migration), { ...all[migration], sql: `${cut}\nSELECT die();` }]);
}

/** Writes as the application does when a file was tagged, several tables in a transaction, and says what is committed. */
function write(): void {
  const db = openDatabase(file);
  db.exec("INSERT OR IGNORE INTO library (id, name, root_path, created_at, updated_at) VALUES (1, 'M', '/m', '', '')");
  const track = db.prepare(`
    INSERT INTO track (library_id, path, folder, size_bytes, mtime_ms, title, sort_title, sort_artist, sort_album, added_at,
      scanned_at) VALUES (1, ?, '', 1, 1, ?, '', '', '', '', '')`);
  const tagWrite = db.prepare(`
    INSERT INTO file_write (kind, track_id, path, temp_path, state, payload_hash, old_size, old_mtime_ms, old_file_hash, new_size,
      new_mtime_ms, new_file_hash, changes, restore, created_at)
    VALUES ('audio', ?, ?, '', 'written', '', 1, 1, '', 1, 1, '', '[]', ?, '')`);
  const job = db.prepare("INSERT INTO job (kind, path, track_id, status, created_at) VALUES ('tag', ?, ?, 'done', '')");
  const all = db.transaction((path: string) => {
    const { lastInsertRowid } = track.run(path, path);
    tagWrite.run(lastInsertRowid, path, Buffer.alloc(3000, 7));
    job.run(path, lastInsertRowid);
    return Number(lastInsertRowid);
  });
  for (;;) process.stdout.write(`${all(`${process.pid} ${process.hrtime.bigint()}`)}\n`);
}
