import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import BetterSqlite3 from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../test/support/small-music';
import { createSafeFiles } from '../../files/safe-files';
import { listMigrations, migrate } from './migrate';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');

it('takes the journal of tag writes along under the same numbers: what was written before is still undone', async () => {
  const folder = temporaryFolder('journal');
  onTestFinished(folder.remove);
  const path = join(folder.path, 'song.mp3');
  writeFileSync(path, 'new');
  const migrations = listMigrations();
  const journal = migrations.findIndex(({ name }) => name === 'file-journal');
  const db = new BetterSqlite3(':memory:');
  migrate(db, migrations.slice(0, journal));
  // One part: three bytes that are no longer there.
  const restore = deflateRawSync(Buffer.from([3 * 2 + 1, ...Buffer.from('old')]));
  const add = db.prepare(`
    INSERT INTO tag_write (id, job_id, path, temp_path, state, payload_hash, old_size, old_mtime_ms, old_file_hash,
      new_size, new_mtime_ms, new_file_hash, changes, restore, created_at)
    VALUES (?, 3, ?, '', ?, 'p', 3, 5000, ?, 3, ?, ?, '[{"field":"bpm","old":[],"new":["120"]}]', ?, '2026-01-01')`);
  add.run(7, path, 'written', sha('old'), statSync(path).mtimeMs, sha('new'), restore);
  add.run(9, path, 'abandoned', sha('old'), 1, sha('other'), restore);
  db.exec("INSERT INTO tag_write_folder VALUES ('/music/left')");
  migrate(db);
  const files = createSafeFiles({ db });
  expect(files.list({ jobId: 3 })).toMatchObject([
    { id: 9, state: 'abandoned' },
    { id: 7, kind: 'audio', state: 'written', changes: [{ field: 'bpm' }], before: { sizeBytes: 3, mtimeMs: 5000 } },
  ]);
  expect(db.prepare('SELECT folder FROM file_write_folder').pluck().all()).toEqual(['/music/left']);
  expect(await files.undo(7)).toEqual({ id: 7, path, undone: true });
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(statSync(path).mtimeMs).toBe(5000);
});
