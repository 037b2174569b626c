import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/support/small-music';
import { openDatabase } from './database';
import { LATEST_SCHEMA, listMigrations, migrate } from './migrate';

it('brings an empty database to the newest schema, and leaves it alone the second time', () => {
  const db = openDatabase(':memory:');
  const count = () => db.prepare<[], { n: number }>('SELECT COUNT(*) AS n FROM migration').get()!.n;
  expect(count()).toBe(listMigrations().length);
  migrate(db);
  expect(count()).toBe(listMigrations().length);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

it('leaves nothing behind of a migration that fails half-way', () => {
  const db = new BetterSqlite3(':memory:');
  const broken = [{ number: 1, name: 'broken', sql: 'CREATE TABLE a (x); CREATE TABLE a (x);' }];
  expect(() => migrate(db, broken)).toThrow();
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'a'").all()).toEqual([]);
});

it('refuses a database that a newer application has written', () => {
  const db = new BetterSqlite3(':memory:');
  migrate(db, [{ number: 1, name: 'first', sql: 'CREATE TABLE a (x)' }]);
  expect(() => migrate(db, [])).toThrow(/newer Tonearm/);
});

it('refuses a gap in the numbers', () => {
  expect(() => listMigrations({ './migrations/0002-second.sql': '' })).toThrow(/Migration 1/);
});

it('lets go of a database that it cannot open', () => {
  const folder = temporaryFolder('refused');
  onTestFinished(folder.remove);
  const file = join(folder.path, 'tonearm.db');
  const db = openDatabase(file);
  db.prepare("INSERT INTO migration VALUES (?, 'of tomorrow', '')").run(LATEST_SCHEMA + 1);
  db.close();
  expect(() => openDatabase(file)).toThrow(/newer Tonearm/);
  // Whoever has it open has its log beside it.
  expect(readdirSync(folder.path)).toEqual(['tonearm.db']);
});
