import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/small-music';
import { openDatabase } from './database';

const folder = temporaryFolder('durable');
afterAll(folder.remove);
const SOURCE = join(import.meta.dirname, '../..');

it('makes each commit durable before it goes on', () => {
  const db = openDatabase(join(folder.path, 'tonearm.db'));
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  db.close();
});

it('has no connection that writes beside that one', () => {
  const others = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) =>
      [...readFileSync(join(SOURCE, name), 'utf8').matchAll(/new BetterSqlite3\([^;]*;/g)]
        .filter(([call]) => !call.includes('readonly: true'))
        .map(() => name.replaceAll('\\', '/')),
    );
  expect(others.sort()).toEqual([
    'platform/backups/copy-database.ts', // a copy that nobody uses yet; synced by itself
    'platform/backups/inspect-database.ts', // looks before the start; only what a crash has left is folded in
    'platform/database/database.ts',
    'platform/database/process-lock.ts', // holds a lock and no data
  ]);
});
