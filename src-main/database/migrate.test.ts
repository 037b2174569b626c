import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openDatabase } from './database';
import { listMigrations, migrate } from './migrate';

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
