import type { Database } from '../../platform/database';
import { byName } from '../../platform/natural-order';
import type { SealedColumn } from '../../platform/sealing';
import type { Connection } from './contract';

/** What a row holds that someone has entered. */
export interface ConnectionValues {
  readonly name: string;
  readonly url: string;
  readonly username: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly isEnabled: boolean;
}

export interface CheckResult {
  readonly state: Connection['state'];
  readonly message: string | null;
  /** Without them the ones of the last check stay. */
  readonly warnings?: readonly string[];
  readonly version?: string | null;
}

interface ConnectionRow {
  id: number;
  kind: string;
  name: string;
  url: string;
  username: string;
  secret: Buffer | null;
  options: string;
  is_enabled: number;
  state: Connection['state'];
  state_message: string | null;
  warnings: string;
  version: string | null;
  checked_at: string | null;
  created_at: string;
  updated_at: string;
}

/** Where the passwords and keys of servers stand. */
export const SEALED_SECRET = { table: 'connection', row: 'id', column: 'secret' } satisfies SealedColumn;
export const secretAt = (id: number) => ({ ...SEALED_SECRET, row: id });

export function createConnectionRepository(db: Database) {
  const all = db.prepare<[], ConnectionRow>('SELECT * FROM connection ORDER BY id');
  const byId = db.prepare<[number | bigint], ConnectionRow>('SELECT * FROM connection WHERE id = ?');
  const insert = db.prepare(`
    INSERT INTO connection (kind, name, url, username, options, is_enabled, created_at, updated_at)
    VALUES (:kind, :name, :url, :username, :options, :isEnabled, :at, :at)`);
  const update = db.prepare(`
    UPDATE connection SET name = :name, url = :url, username = :username, options = :options,
      is_enabled = :isEnabled, updated_at = :at
    WHERE id = :id`);
  const note = db.prepare(`
    UPDATE connection SET state = :state, state_message = :message, warnings = COALESCE(:warnings, warnings),
      version = COALESCE(:version, version), checked_at = :at
    WHERE id = :id`);
  const setSecret = db.prepare('UPDATE connection SET secret = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM connection WHERE id = ?');

  return {
    list: (): Connection[] =>
      all
        .all()
        .map(toConnection)
        .sort((a, b) => byName(a.name, b.name)),
    find(id: number): Connection | undefined {
      const row = byId.get(id);
      return row && toConnection(row);
    },
    /** Still sealed. */
    secretOf: (id: number): Buffer | null => byId.get(id)?.secret ?? null,
    add(kind: string, values: ConnectionValues, at: string): number {
      return Number(insert.run({ kind, ...toColumns(values), at }).lastInsertRowid);
    },
    update(id: number, values: ConnectionValues, at: string): void {
      update.run({ id, ...toColumns(values), at });
    },
    note(id: number, { state, message, warnings, version = null }: CheckResult, at: string): void {
      note.run({ id, state, message, warnings: warnings ? JSON.stringify(warnings) : null, version, at });
    },
    /** @param secret sealed for `secretAt(id)`; null for none */
    setSecret: (id: number, secret: Buffer | null): void => void setSecret.run(secret, id),
    /** All of it, or nothing. */
    together: <T>(work: () => T): T => db.transaction(work)(),
    remove: (id: number): boolean => remove.run(id).changes > 0,
  };
}

export type ConnectionRepository = ReturnType<typeof createConnectionRepository>;

const toColumns = (values: ConnectionValues) => ({
  ...values,
  options: JSON.stringify(values.options),
  isEnabled: Number(values.isEnabled),
});

function toConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    url: row.url,
    username: row.username,
    hasSecret: row.secret !== null,
    options: JSON.parse(row.options) as Record<string, unknown>,
    isEnabled: row.is_enabled === 1,
    state: row.state,
    stateMessage: row.state_message,
    warnings: JSON.parse(row.warnings) as string[],
    version: row.version,
    checkedAt: row.checked_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
