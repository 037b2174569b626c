import { expect, it } from 'vitest';
import { openDatabase } from './database';
import { createGroupCommit } from './group-commit';

function aTable() {
  const db = openDatabase(':memory:');
  db.exec("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE, CHECK (name <> 'bad'))");
  const add = db.prepare<[string]>('INSERT INTO thing (name) VALUES (?)');
  const names = () => db.prepare<[], string>('SELECT name FROM thing ORDER BY id').pluck().all();
  return { db, add, names };
}

it('writes what comes in one turn in one transaction, and answers nobody before it is kept', async () => {
  const { db, add, names } = aTable();
  const seen: boolean[] = [];
  const keep = createGroupCommit(db, (name: string) => {
    seen.push(db.inTransaction);
    return Number(add.run(name).lastInsertRowid);
  });
  const order: string[] = [];
  const ids = Promise.all(
    ['a', 'b', 'c'].map((name) =>
      keep(name).then((id) => {
        order.push(`${name} of ${names().length}`);
        expect(db.inTransaction).toBe(false);
        return id;
      }),
    ),
  );
  expect(names()).toEqual([]);
  expect(await ids).toEqual([1, 2, 3]);
  expect(order).toEqual(['a of 3', 'b of 3', 'c of 3']);
  expect(seen).toEqual([true, true, true]);
});

it('takes back the one that cannot be kept, and keeps the others', async () => {
  const { db, add, names } = aTable();
  const keep = createGroupCommit(db, (name: string) => {
    add.run(`${name} first`);
    add.run(name);
  });
  const [a, bad, b] = await Promise.allSettled([keep('a'), keep('bad'), keep('b')]);
  expect([a.status, bad.status, b.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(names()).toEqual(['a first', 'a', 'b first', 'b']);
});

it('tells all of them when nothing could be kept', async () => {
  const { db, add } = aTable();
  const keep = createGroupCommit(db, (name: string) => {
    add.run(name);
    // What a full disk makes SQLite do.
    if (name === 'b') db.exec('ROLLBACK');
    if (name === 'b') throw new Error('full');
  });
  const ends = await Promise.allSettled([keep('a'), keep('b'), keep('c')]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await expect(keep('d')).resolves.toBeUndefined();
});

it('lets others have their turn between hundreds', async () => {
  const { db, add, names } = aTable();
  const keep = createGroupCommit(db, (name: string) => void add.run(name));
  const turns: number[] = [];
  const all = Promise.all(Array.from({ length: 250 }, (_, at) => keep(`${at}`)));
  const look = () => {
    turns.push(names().length);
    if (names().length < 250) setImmediate(look);
  };
  setImmediate(look);
  await all;
  expect(turns.filter((count) => count > 0 && count < 250).length).toBeGreaterThan(0);
});
