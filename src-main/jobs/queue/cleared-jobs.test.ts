import { expect, it } from 'vitest';
import { addJobs, aQueue } from './queue.fixture';

const paths = (count: number) => Array.from({ length: count }, (_, index) => `/music/${index}.flac`);

it('puts back what was cleared as it stood there, its batch accounting for it as before', async () => {
  const { queue, ask, db } = aQueue({});
  const { batchId } = await ask(paths(700), { force: true });
  const before = db.prepare('SELECT * FROM job ORDER BY id').all();
  const summary = queue.views.findBatch(batchId);
  const { removed, clearing } = await queue.clear(['pending']);
  expect(removed).toBe(700);
  expect(queue.views.findBatch(batchId)).toMatchObject({ pending: 0, skipped: [{ reason: 'removed', count: 700 }] });
  expect(await queue.restore(clearing!)).toBe(700);
  expect(db.prepare('SELECT * FROM job ORDER BY id').all()).toEqual(before);
  expect(queue.views.findBatch(batchId)).toEqual(summary);
  expect(await queue.restore(clearing!)).toBe(0);
});

it('puts back ended jobs too, and of pending ones none whose file is pending again', async () => {
  const { queue, ask, db } = aQueue({});
  addJobs(db, 300);
  const totals = queue.views.totals().jobs;
  const { removed, clearing } = await queue.clear();
  expect(removed).toBe(300);
  await ask(['/music/2']);
  expect(await queue.restore(clearing!)).toBe(299);
  expect(queue.views.totals().jobs).toEqual(totals);
});

it('keeps only what was cleared last, and nothing when there was nothing to clear', async () => {
  const { queue, ask } = aQueue({});
  await ask(paths(3));
  const first = await queue.clear(['pending']);
  await ask(['/music/other.flac']);
  const second = await queue.clear(['pending']);
  expect(await queue.restore(first.clearing!)).toBe(0);
  expect(await queue.restore(second.clearing!)).toBe(1);
  await queue.clear();
  expect(await queue.clear()).toEqual({ removed: 0, clearing: null });
});

it('puts back the jobs of a library that is gone meanwhile no more', async () => {
  const { queue, db } = aQueue({});
  db.exec(`INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES (1, 'Music', '/music', '', '');
    INSERT INTO job (kind, path, library_id, created_at) VALUES ('tag', '/music/1', 1, ''), ('tag', '/music/2', NULL, '')`);
  const { clearing } = await queue.clear(['pending']);
  db.exec('DELETE FROM library');
  expect(await queue.restore(clearing!)).toBe(1);
});

it('cancels what is left of one request, and nothing of another', async () => {
  const { queue, ask } = aQueue({});
  const { batchId } = await ask(paths(600));
  const other = await ask(['/music/other.flac']);
  expect(await queue.cancelBatch(batchId)).toBe(600);
  expect(queue.views.findBatch(batchId)).toMatchObject({ pending: 0, skipped: [{ reason: 'cancelled', count: 600 }] });
  expect(queue.views.findBatch(other.batchId)).toMatchObject({ pending: 1 });
  expect(queue.views.listInBatch(batchId, 'skipped', 2, 1)).toHaveLength(2);
});
