import type BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../../rpc';

// Bundled as text, so that the built application carries its schema without files beside it.
const FILES = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true });

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** The migrations in order; a gap or a number given twice is a mistake in the build and throws. */
export function listMigrations(files: Record<string, string> = FILES): Migration[] {
  const migrations = Object.entries(files)
    .map(([path, sql]) => {
      const match = /(\d{4})-([a-z0-9-]+)\.sql$/.exec(path);
      if (!match) throw new Error(`Not a migration's name: ${path}`);
      return { number: Number(match[1]), name: match[2], sql };
    })
    .sort((a, b) => a.number - b.number);
  for (const [index, migration] of migrations.entries()) {
    if (migration.number !== index + 1) throw new Error(`Migration ${index + 1} is missing or there twice`);
  }
  return migrations;
}

/** The last migration that this application knows. */
export const LATEST_SCHEMA = listMigrations().length;

/**
 * Runs each migration that the database has not seen, once, in a transaction of its own. Foreign keys rest meanwhile,
 * so that a table can be built anew without its rows taking others along; each migration is checked for what it left
 * loose.
 */
export function migrate(db: BetterSqlite3.Database, migrations: readonly Migration[] = listMigrations()): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, run_at TEXT NOT NULL)',
  );
  const last = db.prepare<[], { last: number | null }>('SELECT MAX(number) AS last FROM migration').get()!.last ?? 0;
  if (last > migrations.length) {
    throw new AppError(
      'conflict',
      `This library was last opened by a newer Tonearm (schema ${last}, this one knows ${migrations.length}). Update Tonearm, or use another data folder.`,
    );
  }
  const record = db.prepare('INSERT INTO migration (number, name, run_at) VALUES (?, ?, ?)');
  db.pragma('foreign_keys = OFF');
  for (const migration of migrations.slice(last)) {
    db.transaction(() => {
      db.exec(migration.sql);
      const loose = db.pragma('foreign_key_check') as unknown[];
      if (loose.length > 0) throw new Error(`Migration ${migration.name} leaves ${loose.length} rows without parents`);
      record.run(migration.number, migration.name, new Date().toISOString());
    })();
  }
  db.pragma('foreign_keys = ON');
}
