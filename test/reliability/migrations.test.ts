import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, LATEST_SCHEMA, listMigrations, openDatabase } from '../../src-main/platform/database';
import { migrate } from '../../src-main/platform/database/migrate';
import { withNumberLengths } from '../../src-main/platform/natural-order';
import { builtScript } from '../support/built-script';
import { contentOf, tablesOf } from '../support/database-content';
import { temporaryFolder } from '../support/small-music';
import { fillEveryTable, insert, ownTables, statementsOf } from './database-rows';
import { recordFigure } from './figures';
import { FROZEN } from './frozen-migrations';

const isLong = process.env.TONEARM_FIGURES === '1';
const migrations = listMigrations();
const folder = temporaryFolder('migrations');
let script: Awaited<ReturnType<typeof builtScript>>;

beforeAll(async () => {
  script = await builtScript('test/reliability/database-child.ts');
});
afterAll(() => {
  script.remove();
  folder.remove();
});

/** A database as the application of that time left it, with rows in all of its tables. */
function anOld(schema: number, file = ':memory:'): Database {
  const db = new BetterSqlite3(file);
  db.pragma('journal_mode = WAL');
  migrate(db, migrations.slice(0, schema));
  fillEveryTable(db);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  return db;
}

function schemaOf(db: Database): unknown[] {
  const rows = db.prepare<[], string>(
    "SELECT type || ' ' || name || ': ' || COALESCE(sql, '') FROM sqlite_schema ORDER BY 1",
  );
  return rows
    .pluck()
    .all()
    .map((text) => text.replaceAll(/--.*$/gm, '').replaceAll('"', '').replaceAll(/\s+/g, ' '));
}

const columnsOf = (db: Database, table: string) =>
  db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);

const rowsOf = (db: Database, table: string, columns: readonly string[]) =>
  db
    .prepare<[], Record<string, string>>(`SELECT ${columns.map((name) => `"${name}"`).join(', ')} FROM "${table}"`)
    .all();

/** Tables that have another name now, with what each of their rows says that it did not say then. */
const RENAMED: Readonly<Record<string, { readonly to: string; readonly also: Record<string, string> }>> = {
  tag_write: { to: 'file_write', also: { kind: 'audio' } },
  tag_write_folder: { to: 'file_write_folder', also: {} },
};

const NATURAL_ORDER = migrations.find(({ name }) => name === 'natural-order')!.number;
/** What has another form now than in the schema of then. */
function brought(row: Record<string, string>, schema: number): Record<string, string> {
  if (schema >= NATURAL_ORDER) return row;
  const entries = Object.entries(row);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name.startsWith('sort_') ? withNumberLengths(value) : value]),
  );
}

/** A new database with the rows of an old one put into it. */
function imported(old: Database, schema: number): Database {
  const db = openDatabase(':memory:');
  db.pragma('foreign_keys = OFF');
  for (const table of ownTables(old)) {
    const { to, also } = RENAMED[table] ?? { to: table, also: {} };
    const columns = columnsOf(old, table).filter((name) => columnsOf(db, to).includes(name));
    for (const row of rowsOf(old, table, columns)) insert(db, to, { ...brought(row, schema), ...also });
  }
  return db;
}

/** What a migration works out from other tables or columns, which whoever imports rows would leave to the next scan. */
const WORKED_OUT = ['track_text', 'vector_change', 'session', 'migration', 'sqlite_sequence'];

it.each(migrations.map(({ number, name }) => [number, name] as const))(
  'brings schema %i (%s), with rows in all tables, to what a new database with the same rows says',
  (schema) => {
    const db = anOld(schema);
    const fresh = imported(db, schema);
    migrate(db);
    expect(schemaOf(db)).toEqual(schemaOf(fresh));
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    const [ours, theirs] = [contentOf(db), contentOf(fresh)];
    for (const table of tablesOf(db)) {
      if (WORKED_OUT.includes(table) || table.startsWith('track_search')) continue;
      expect(ours[table], table).toEqual(theirs[table]);
    }
    const isLast = schema === migrations.length;
    if (isLast)
      recordFigure('R18', {
        what: 'each schema that ever was, rows in all tables, brought to the present one; compared with new + import',
        ...{ cases: schema, passed: schema, line: 'equal' },
      });
  },
);

it('leaves the old schema and all rows when it is killed between two statements of a migration, and goes on', () => {
  let kills = 0;
  for (const { number, name } of migrations) {
    const statements = statementsOf(migrations[number - 1]).length;
    const middle = Math.ceil(statements / 2);
    const file = join(folder.path, `${number}.db`);
    const old = anOld(number - 1, file);
    const [schema, content] = [schemaOf(old), contentOf(old)];
    old.close();
    for (let after = isLong ? 0 : middle; after <= (isLong ? statements : middle); after++) {
      const broken = join(folder.path, 'broken.db');
      copyFileSync(file, broken);
      const { signal } = spawnSync(process.execPath, [script.path, 'migrate', broken, `${number - 1}`, `${after}`]);
      expect([name, signal]).toEqual([name, 'SIGKILL']);
      const seen = new BetterSqlite3(broken);
      expect([schemaOf(seen), contentOf(seen)]).toEqual([schema, content]);
      seen.close();
      const now = openDatabase(broken);
      expect(now.prepare('SELECT MAX(number) FROM migration').pluck().get()).toBe(LATEST_SCHEMA);
      expect(now.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      now.close();
      for (const end of ['', '-wal', '-shm']) if (existsSync(broken + end)) rmSync(broken + end);
      kills += 1;
    }
  }
  recordFigure('R18', {
    what: 'killed between two statements of a migration; the old schema with all rows, and the next start succeeds',
    ...{ cases: kills, passed: kills, line: '100 %' },
  });
}, 600_000);

it('cuts every migration into statements that together are the whole', () => {
  for (const migration of migrations) {
    const statements = statementsOf(migration);
    expect(statements.join('').trim(), migration.name).toBe(migration.sql.trim());
    expect(statements.length).toBeGreaterThan(0);
  }
});

it('has every migration as it was landed; a new one is added to the list with its sum', () => {
  const sums = migrations.map(({ number, name, sql }) => [
    `${String(number).padStart(4, '0')}-${name}`,
    createHash('sha256').update(sql).digest('hex').slice(0, 16),
  ]);
  expect(Object.fromEntries(sums)).toEqual(FROZEN);
});
