import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { createBackups, openDatabaseSafely, restoreNow } from '../../src-main/platform/backups';
import { type Database, openDatabase } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { temporaryFolder } from '../support/small-music';
import { record } from './results';
import { fillWithSyntheticTracks } from './synthetic-library';

const TRACKS = 100_000;
const folder = temporaryFolder('bench-durability');
afterAll(folder.remove);
const paths = findPaths({ data: join(folder.path, 'data'), models: [] });
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

it(`backs up ${TRACKS} tracks without being noticed, and restores them within 30 s`, async () => {
  mkdirSync(paths.data, { recursive: true });
  const filled = openDatabase(paths.database);
  fillWithSyntheticTracks(filled, TRACKS);
  addJournalAndEmbeddings(filled);
  filled.close();
  const [kept, openMs] = await timed(() => openDatabaseSafely(paths));
  const backups = createBackups({ ...paths, kept, health: { report() {} }, report() {} });
  const loop = monitorEventLoopDelay({ resolution: 1 });
  let isOver = false;
  let writes = 0;
  const write = kept.db.prepare('UPDATE track SET bpm = bpm + 1 WHERE id = ?');
  const writing = (async () => {
    while (!isOver) {
      write.run(++writes);
      await setTimeout(20);
    }
  })();
  loop.enable();
  const [made, backupMs] = await timed(() => backups.make('manual'));
  loop.disable();
  isOver = true;
  await writing;
  const [checked, checkMs] = await timed(() => backups.check());
  expect(checked.problems).toEqual([]);
  await backups.stop();
  kept.close();
  const [, restoreMs] = await timed(async () => restoreNow(paths, made!.name));
  const [again, startMs] = await timed(() => openDatabaseSafely(paths));
  expect(again.db.prepare('SELECT COUNT(*) FROM track').pluck().get()).toBe(TRACKS);
  again.close();
  record('Backup and restore', {
    tracks: TRACKS,
    database: `${(statSync(paths.database).size / 1e6).toFixed(0)} MB`,
    backup: seconds(backupMs),
    'writes meanwhile': writes,
    'event loop p99': `${(loop.percentile(99) / 1e6).toFixed(1)} ms`,
    'whole check': seconds(checkMs),
    restore: seconds(restoreMs),
    'look at start': seconds(openMs),
    'start after it': seconds(startMs),
  });
  expect(restoreMs + startMs).toBeLessThan(30_000);
});

/** As many rows as 100 000 tagged files leave: the journal, each with what an undo needs, and the vectors. */
function addJournalAndEmbeddings(db: Database): void {
  db.exec(`
    INSERT INTO file_write (kind, track_id, path, temp_path, state, payload_hash, old_size, old_mtime_ms, old_file_hash, new_size,
      new_mtime_ms, new_file_hash, changes, restore, created_at)
    SELECT 'audio', id, '/music/' || path, '', 'written', payload_hash, 8000000, 1, payload_hash, 8000000, 1, payload_hash, '[]',
      randomblob(900), '2026-01-01' FROM track;
    INSERT INTO embedding (analysis_id, backbone, vector)
      SELECT id, 'musicnn', randomblob(800) FROM analysis;`);
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  return [await work(), performance.now() - began];
}
