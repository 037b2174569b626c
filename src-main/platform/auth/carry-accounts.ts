import BetterSqlite3 from 'better-sqlite3';
import type { AuditEntry } from '../audit/contract';
import type { Database } from '../database';

/** What decides who comes in. A database that is put in place of another takes it over from that one. */
const TABLES = ['api_key', 'password', 'session', 'authenticator', 'recovery_code', 'passkey'] as const;

type Row = Record<string, unknown>;
type Accounts = ReadonlyMap<string, readonly Row[]>;

/**
 * Makes keys, password, sessions and second factor of a restored database those of now, so that no restore brings back
 * what was revoked. Where the database of now cannot be read, those of the backup stay, but for the sessions and for
 * what the audit log says has ended since.
 *
 * @param into the restored database, migrated
 * @param present file of the database that it takes the place of
 * @param log entries of the audit log
 * @returns whether the accounts are those of now
 */
export function carryAccounts(into: Database, present: string | undefined, log: () => Iterable<AuditEntry>): boolean {
  const accounts = present === undefined ? undefined : readAccounts(present);
  into.transaction(() => (accounts ? replaceAccounts(into, accounts) : endWhatEnded(into, log())))();
  return accounts !== undefined;
}

/** Undefined when they cannot be read. A table that is not there yet is empty. */
function readAccounts(file: string): Accounts | undefined {
  let db: Database | undefined;
  try {
    // Only read: a damaged one is kept as it is.
    db = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
    const there = new Set(db.prepare<[], string>('SELECT name FROM sqlite_schema').pluck().all());
    if (!there.has('api_key')) return undefined;
    const read = (table: string) => (there.has(table) ? db!.prepare<[], Row>(`SELECT * FROM ${table}`).all() : []);
    const numbers = there.has('sqlite_sequence') ? read('sqlite_sequence') : [];
    return new Map([...TABLES.map((table) => [table, read(table)] as const), ['sqlite_sequence', numbers]]);
  } catch {
    return undefined;
  } finally {
    db?.close();
  }
}

function replaceAccounts(into: Database, accounts: Accounts): void {
  for (const table of TABLES) {
    into.exec(`DELETE FROM ${table}`);
    const known = new Set(into.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table));
    for (const row of accounts.get(table) ?? []) insertRow(into, table, known, row);
  }
  for (const { name, seq } of accounts.get('sqlite_sequence') ?? [])
    if (TABLES.some((table) => table === name)) raiseNumbers(into, String(name), Number(seq));
}

/** A row of an older schema has fewer columns: the others get their defaults. */
function insertRow(db: Database, table: string, known: ReadonlySet<string>, row: Row): void {
  const columns = Object.keys(row).filter((column) => known.has(column));
  const values = columns.map((column) => `@${column}`).join(', ');
  db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values})`).run(row);
}

/** Numbers that were given out are not given again, though their rows are gone. */
function raiseNumbers(db: Database, table: string, number: number): void {
  const { changes } = db.prepare('UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = ?').run(number, table);
  if (changes === 0) db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, number);
}

function endWhatEnded(db: Database, log: Iterable<AuditEntry>): void {
  db.exec('DELETE FROM session');
  const revokeKey = db.prepare('DELETE FROM api_key WHERE id = ? AND last_four = ? AND created_at <= ?');
  const removePasskey = db.prepare('DELETE FROM passkey WHERE id = ? AND name = ? AND created_at <= ?');
  const removePassword = db.prepare('DELETE FROM password WHERE changed_at < ?');
  const removeAuthenticator = db.prepare('DELETE FROM authenticator WHERE created_at < ?');
  for (const { event, at, facts } of log) {
    if (event === 'key.revoked') revokeKey.run(facts.key, facts.ends, at);
    if (event === 'passkey.removed') removePasskey.run(facts.passkey, facts.name, at);
    if (event === 'password.changed') removePassword.run(earlier(at));
    if (event === 'authenticator.added' || event === 'authenticator.removed') removeAuthenticator.run(earlier(at));
    if (event === 'recovery-codes.renewed') db.exec('DELETE FROM recovery_code');
  }
}

/** The row was written just before its line: by no more than this. */
const LINE_AFTER_ROW_MS = 2000;
const earlier = (at: string) => new Date(Date.parse(at) - LINE_AFTER_ROW_MS).toISOString();
