import type { Database, listMigrations } from '../../src-main/platform/database';
import { tablesOf } from '../support/database-content';

type Value = string | number | null | Buffer;

interface Column {
  name: string;
  type: string;
  notnull: 0 | 1;
  pk: number;
  hidden: number;
}
interface ForeignKey {
  table: string;
  from: string;
  to: string | null;
}

/** Kept by triggers, or by SQLite: they have their rows from the others. */
const KEPT_BY_TRIGGERS = ['migration', 'job_total', 'track_count', 'vector_change', 'sqlite_sequence'];
const ROWS = 4;

/** The tables that take rows of their own, those that are pointed to before those that point. */
export function ownTables(db: Database): string[] {
  const left = tablesOf(db).filter((table) => !KEPT_BY_TRIGGERS.includes(table) && !table.startsWith('track_search'));
  const ordered: string[] = [];
  while (left.length > 0) {
    const waits = (table: string) => keysOf(db, table).some((key) => key.table !== table && left.includes(key.table));
    const next = left.findIndex((table) => !waits(table));
    ordered.push(...left.splice(Math.max(next, 0), 1));
  }
  return ordered;
}

/** Rows in every table that there is, by turns with everything said and with all left out that may be. */
export function fillEveryTable(db: Database): void {
  for (const table of ownTables(db)) {
    for (let index = 0; index < ROWS; index++) insert(db, table, rowFor(db, table, index));
    const { n } = db.prepare<[], { n: number }>(`SELECT COUNT(*) AS n FROM "${table}"`).get()!;
    if (n === 0) throw new Error(`No row was put into ${table}`);
  }
}

export function insert(db: Database, table: string, row: Readonly<Record<string, Value>>): void {
  const names = Object.keys(row);
  const [columns, places] = [names.map((name) => `"${name}"`), names.map((name) => `@${name}`)];
  db.prepare(`INSERT OR IGNORE INTO "${table}" (${columns.join(', ')}) VALUES (${places.join(', ')})`).run(row);
}

function rowFor(db: Database, table: string, index: number): Record<string, Value> {
  const sql = db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table)!;
  const keys = keysOf(db, table);
  const columns = db.prepare<[string], Column>('SELECT * FROM pragma_table_xinfo(?)').all(table);
  const entries = columns
    .filter(({ hidden }) => hidden === 0)
    .map((column) => [column.name, valueFor(db, { sql, keys, column, index })]);
  return Object.fromEntries(entries);
}

interface Place {
  readonly sql: string;
  readonly keys: readonly ForeignKey[];
  readonly column: Column;
  readonly index: number;
}

function valueFor(db: Database, { sql, keys, column, index }: Place): Value {
  const { name, type, notnull, pk } = column;
  if (!notnull && !pk && index % 2 === 1) return null;
  const key = keys.find(({ from }) => from === name);
  if (key) return parentValue(db, key, index);
  const words = new RegExp(`${name} IN \\(([^)]*)\\)`).exec(sql)?.[1].match(/'[^']*'/g);
  if (words) return words[index % words.length].slice(1, -1);
  if (new RegExp(`${name} = 1\\)`).test(sql)) return 1;
  if (new RegExp(`${name} BETWEEN 1`).test(sql)) return 1;
  if (type === 'BLOB') return Buffer.from([index, 255, 0]);
  if (type === 'TEXT') return `${name} ${index} – “é”`;
  return index + 1;
}

function parentValue(db: Database, { table, to }: ForeignKey, index: number): Value {
  const rows = db
    .prepare<[], Value>(`SELECT "${to ?? 'id'}" FROM "${table}"`)
    .pluck()
    .all();
  return rows[index % rows.length] ?? null;
}

function keysOf(db: Database, table: string): ForeignKey[] {
  return db.prepare<[string], ForeignKey>('SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)').all(table);
}

/** A migration's SQL, statement by statement; what stands between BEGIN and END belongs to a trigger. */
export function statementsOf(migration: ReturnType<typeof listMigrations>[number]): string[] {
  const statements: string[] = [];
  let current = '';
  for (const line of migration.sql.split('\n')) {
    current += `${line}\n`;
    const code = line.replace(/--.*$/, '').trimEnd();
    const isTrigger = /CREATE TRIGGER/.test(current.replaceAll(/--.*$/gm, ''));
    if (isTrigger ? !/^\s*END;$/.test(code) : !code.endsWith(';')) continue;
    statements.push(current);
    current = '';
  }
  return statements;
}
