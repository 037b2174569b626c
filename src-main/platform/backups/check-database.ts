import type { Database } from '../database';

/** As many as anyone reads. */
const MAX = 20;

interface LooseRow {
  readonly table: string;
  readonly parent: string;
}

/**
 * What SQLite finds wrong, in its own words; nothing when the database is sound. `quick` reads every page once but does
 * not compare the indexes with their tables.
 */
export function problemsOf(db: Database, how: 'quick' | 'whole'): string[] {
  try {
    const found = db.pragma(`${how === 'quick' ? 'quick_check' : 'integrity_check'}(${MAX})`) as object[];
    return found.map((row) => String(Object.values(row)[0])).filter((line) => line !== 'ok');
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown;
    return [(thrown as Error).message];
  }
}

/** Rows that point to rows that are not there, as sentences. */
export function looseRowsOf(db: Database): string[] {
  const rows = db.pragma('foreign_key_check') as LooseRow[];
  const pairs = rows.map(({ table, parent }) => `${table} → ${parent}`);
  return [...new Set(pairs)].map(
    (pair) => `${pairs.filter((each) => each === pair).length} rows point to nothing: ${pair}`,
  );
}

const DAMAGE = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_SHORT_READ'];

/** SQLite met something that no sound database has. */
export function isDamage(thrown: unknown): boolean {
  const { code } = thrown as { code?: string };
  return DAMAGE.some((known) => code?.startsWith(known) === true);
}
