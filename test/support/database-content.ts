import type { Database } from '../../src-main/platform/database';

/** Everything a database says, table by table, to be compared with what another says. */
export function contentOf(db: Database): Record<string, unknown[]> {
  return Object.fromEntries(tablesOf(db).map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).raw().all()]));
}

/** The tables with rows of their own. */
export function tablesOf(db: Database): string[] {
  return db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1",
    )
    .pluck()
    .all();
}
