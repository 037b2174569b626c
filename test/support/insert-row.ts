import type { Database } from '../../src-main/platform/database';

interface Column {
  name: string;
  type: string;
  notnull: 0 | 1;
  dflt_value: string | null;
  pk: number;
}

/** Puts a row into a table of another domain, with anything in the columns that must have something. */
export function insertRow(db: Database, table: string, values: Record<string, string | number>): void {
  const columns = db.prepare<[string], Column>('SELECT * FROM pragma_table_info(?)').all(table);
  const row: Record<string, string | number> = { ...values };
  for (const { name, type, notnull, dflt_value, pk } of columns) {
    if (notnull && !pk && dflt_value === null) row[name] ??= type === 'TEXT' ? `any ${name}` : 0;
  }
  const names = Object.keys(row);
  db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`).run(
    row,
  );
}
