import type { Caller } from '../../rpc';
import type { AuditLog } from '../audit';
import type { Clock } from '../clock';
import type { Database } from '../database';
import type { ApiKey, KeyScope } from './contract';
import { digestOf, isSameDigest, newSecret } from './secrets';

const TOUCH_EVERY_MS = 60_000;

interface KeyRow {
  id: number;
  name: string;
  scope: KeyScope;
  key_hash: Buffer;
  last_four: string;
  created_at: string;
  last_used_at: string | null;
}

/**
 * Keys for programs. A key is shown when it is made and never again: only its hash is stored. Without a `caller` it is
 * Tonearm itself that makes one.
 */
export function createApiKeys(db: Database, clock: Clock, audit: AuditLog) {
  const byHash = db.prepare<[Buffer], KeyRow>('SELECT * FROM api_key WHERE key_hash = ?');
  const byId = db.prepare<[number | bigint], KeyRow>('SELECT * FROM api_key WHERE id = ?');
  const all = db.prepare<[], KeyRow>('SELECT * FROM api_key ORDER BY id');
  const insert = db.prepare(
    'INSERT INTO api_key (name, scope, key_hash, last_four, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const touch = db.prepare('UPDATE api_key SET last_used_at = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM api_key WHERE id = ?');

  const byName = db.prepare<[string], KeyRow>('SELECT * FROM api_key WHERE name = ? ORDER BY id DESC');

  function create(name: string, scope: KeyScope, caller?: Caller): { key: string; apiKey: ApiKey } {
    const key = newSecret();
    const { lastInsertRowid } = insert.run(name, scope, digestOf(key), key.slice(-4), clock().toISOString());
    const row = byId.get(lastInsertRowid)!;
    note('key.created', row, caller);
    return { key, apiKey: toApiKey(row) };
  }

  function revoke(id: number, caller?: Caller): boolean {
    const row = byId.get(id);
    if (!row) return false;
    remove.run(id);
    note('key.revoked', row, caller);
    return true;
  }

  function note(event: 'key.created' | 'key.revoked', { id, name, scope, last_four }: KeyRow, caller?: Caller): void {
    audit.note(event, caller, { key: id, name, scope, ends: last_four });
  }

  return {
    create,
    find(digest: Buffer): { id: number; scope: KeyScope } | undefined {
      const row = byHash.get(digest);
      if (!row || !isSameDigest(row.key_hash, digest)) return undefined;
      const now = clock();
      if (now.getTime() - Date.parse(row.last_used_at ?? row.created_at) > TOUCH_EVERY_MS || !row.last_used_at)
        touch.run(now.toISOString(), row.id);
      return { id: row.id, scope: row.scope };
    },
    /** The newest key of a name. */
    findNamed(name: string): ApiKey | undefined {
      const row = byName.get(name);
      return row && toApiKey(row);
    },
    /** Makes a `full` key of this name; those that had it end in the same moment. */
    replaceNamed: db.transaction((name: string, caller?: Caller) => {
      for (const { id } of byName.all(name)) revoke(id, caller);
      return create(name, 'full', caller);
    }),
    has: (id: number): boolean => byId.get(id) !== undefined,
    list: (): ApiKey[] => all.all().map(toApiKey),
    revoke,
  };
}

function toApiKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    lastFour: row.last_four,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
